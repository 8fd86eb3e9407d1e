package dev.realtime.service.board;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.backplane.StreamedEvent;
import dev.realtime.service.health.HealthProblems;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.launch.StartGate;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.EpochChanged;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamHistory.Edges;
import dev.realtime.stream.binder.redis.StreamHistory.Entry;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Loads the board whenever it asks for it: at the start, after this instance missed events, and in a new epoch. Reads
 * the saved board and folds the stream from its position to the one at which events wait in the {@link Board}. A new
 * epoch begins with an empty board, at the position of the instance that is the first to ask.
 *
 * <p>The start waits for it for at most 10 s.
 */
@Component
final class BoardLoader extends Beating implements StartGate, HealthProblems {

    private static final Logger log = LoggerFactory.getLogger(BoardLoader.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(250);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration START_WAITS = Duration.ofSeconds(10);

    /** How long a board may be loading before that is a problem. */
    private static final Duration LONG = Duration.ofSeconds(10);

    /** How long to wait for this instance to read as far as the one that saved the board. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(2);

    private static final Limits PAGE = Limits.of(1_000, 1_000_000);

    private final Board board;
    private final BoardStore store;
    private final StreamHistory history;
    private final Epoch epoch;
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    /** When the board was last ready, by {@link System#nanoTime()}. */
    private volatile long ready = System.nanoTime();

    BoardLoader(Board board, BoardStore store, StreamHistory history, Epoch epoch) {
        super("board-loader");
        this.board = board;
        this.store = store;
        this.history = history;
        this.epoch = epoch;
        board.onLoading(this::wake);
    }

    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public String description() {
        return "the live board in Redis";
    }

    @Override
    public CompletionStage<?> opened() {
        return first.copy().completeOnTimeout(null, START_WAITS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @EventListener
    void onEpoch(EpochChanged changed) {
        wake();
    }

    @Override
    public List<String> problems() {
        Duration loading = Duration.ofNanos(System.nanoTime() - ready);
        return board.isReady() || loading.compareTo(LONG) < 0
                ? List.of()
                : List.of("board_not_loaded: the live board has been loading for " + loading.toSeconds()
                        + " s; its lists and snapshots are refused until then.");
    }

    @Override
    protected Duration beat() {
        try {
            return load();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERVAL;
        } catch (RuntimeException e) {
            log.debug("The live board could not be loaded; trying again", e);
            return AFTER_FAILURE;
        }
    }

    private Duration load() throws InterruptedException {
        if (!epoch.isKnown()) {
            return LOOK_AGAIN;
        }
        String loaded = board.loadedEpoch();
        if (loaded != null && !loaded.equals(epoch.text())) {
            board.reload();
        }
        Board.Task task = board.task();
        if (task != null && !load(task)) {
            return LOOK_AGAIN;
        }
        if (board.isReady()) {
            ready = System.nanoTime();
            first.complete(null);
        }
        return INTERVAL;
    }

    private boolean load(Board.Task task) throws InterruptedException {
        String current = epoch.text();
        BoardState state = store.read(current, task.after());
        if (state == null) {
            return false;
        }
        StreamId saved = state.position();
        replay(state, task.after());
        awaitHead(task, state.position());
        if (!current.equals(epoch.text()) || !board.install(task, current, state)) {
            return false;
        }
        log.info(
                "Loaded the live board: {} calls, {} orders, {} people, saved at {}, now at {}",
                state.calls.size(),
                state.orders.size(),
                state.people.size(),
                saved,
                task.after());
        return true;
    }

    /** Folds the events up to a position, from which on they wait in the board. */
    private void replay(BoardState state, StreamId upTo) {
        if (state.position().compareTo(upTo) >= 0) {
            return;
        }
        warnIfTrimmed(state.position());
        String from = state.position().toString();
        while (from != null) {
            StreamHistory.Page page = history.after(StreamHeaders.EVENTS_DESTINATION, from, PAGE);
            for (Entry entry : page.entries()) {
                StreamId id = StreamId.parse(entry.id());
                if (id.compareTo(upTo) > 0) {
                    state.moveTo(upTo);
                    return;
                }
                StreamedEvent event = StreamedEvent.in(entry);
                if (event == null) {
                    state.pass(id);
                } else {
                    state.apply(new Change(event.event(), event.members(), event.rooms(), id));
                }
            }
            from = page.next();
        }
        state.moveTo(upTo);
    }

    private void warnIfTrimmed(StreamId saved) {
        Edges edges = history.edges(StreamHeaders.EVENTS_DESTINATION);
        String oldest = edges.first() == null ? edges.last() : edges.first();
        if (!edges.whole() && StreamId.parse(oldest).compareTo(saved) > 0) {
            log.warn(
                    "The stream was trimmed up to {} since the live board was saved at {}: events in between are"
                            + " missing on the board",
                    oldest,
                    saved);
        }
    }

    /**
     * Waits until this instance has read as far as a position, since what clients get from the board and from the
     * fan-out must not overlap. Not for ever: the position may be of a stream that somebody deleted.
     */
    private void awaitHead(Board.Task task, StreamId position) throws InterruptedException {
        long deadline = System.nanoTime() + CATCHING_UP.toNanos();
        while (board.isOpen(task) && !board.hasRead(position) && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_AGAIN);
        }
    }
}
