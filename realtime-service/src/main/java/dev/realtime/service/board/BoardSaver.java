package dev.realtime.service.board;

import dev.realtime.service.board.Board.Delta;
import dev.realtime.service.board.BoardStore.Outcome;
import dev.realtime.service.cluster.LeaderLease;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.position.Epoch;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Saves the board to Redis: once a second what has changed, in a flood of events as soon as there is enough for a save,
 * and its position alone every 10 s. One instance does it for all, since all have the same board; two that save at once
 * do no harm.
 */
@Component
final class BoardSaver extends Beating {

    private static final Logger log = LoggerFactory.getLogger(BoardSaver.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** After how many events a save begins early; what comes before it has begun must still fit into it. */
    private static final int ENOUGH = BoardStore.MOST_CHANGES / 4;

    /** Saving the whole board takes at most this part of the time, so that a flood of changes does not double its cost. */
    private static final int WHOLE_SHARE = 20;

    private static final Duration POSITION_ALONE = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Board board;
    private final BoardStore store;
    private final Epoch epoch;
    private final LeaderLease lease;

    /** The position of the saved board; null if it has to be asked for. Used by one thread at a time. */
    private volatile @Nullable StreamId saved;

    private volatile String savedEpoch = "";
    private volatile long savedAt = System.nanoTime();
    /** Before this time, by {@link System#nanoTime()}, the whole board is not saved again. */
    private volatile long wholeAgain = System.nanoTime();

    BoardSaver(Board board, BoardStore store, Epoch epoch, LeaderLease lease) {
        super("board-saver");
        this.board = board;
        this.store = store;
        this.epoch = epoch;
        this.lease = lease;
        board.onMany(ENOUGH, this::wake);
    }

    @Override
    protected Duration beat() {
        try {
            if (lease.hold()) {
                save(POSITION_ALONE);
                return INTERVAL;
            }
        } catch (RuntimeException e) {
            log.debug("The live board could not be saved; trying again", e);
        }
        saved = null;
        return INTERVAL;
    }

    /**
     * Saves what has changed.
     *
     * @param positionAlone how old the saved position may become if nothing else has changed
     */
    private void save(Duration positionAlone) {
        String current = epoch.text();
        if (!current.equals(savedEpoch)) {
            savedEpoch = current;
            saved = null;
        }
        StreamId from = saved == null ? store.position(current) : saved;
        Delta delta = from == null ? board.everything() : board.since(from);
        if (delta == null || !delta.epoch().equals(current) || delta.to().equals(from)) {
            return;
        }
        List<?> removed = delta.removed();
        boolean positionOnly = delta.entries().isEmpty() && removed != null && removed.isEmpty();
        if (positionOnly && System.nanoTime() - savedAt < positionAlone.toNanos()) {
            saved = from;
            return;
        }
        Outcome outcome = from == null ? Outcome.BEHIND : store.save(delta, from);
        Delta written = delta;
        if (outcome == Outcome.BEHIND) {
            long begun = System.nanoTime();
            if (begun - wholeAgain < 0) {
                return;
            }
            Delta everything = board.everything();
            if (everything == null || !everything.epoch().equals(current)) {
                return;
            }
            written = everything;
            outcome = store.replace(everything);
            wholeAgain = System.nanoTime() + WHOLE_SHARE * (System.nanoTime() - begun);
        }
        if (outcome == Outcome.SAVED) {
            saved = written.to();
            savedAt = System.nanoTime();
        } else if (outcome != Outcome.HELD) {
            saved = null;
        }
    }

    /** Ends before the lease is given back, and while Redis can still be asked. */
    @Override
    public int getPhase() {
        return 2;
    }

    @Override
    public void stop() {
        stop(FAREWELL);
        farewell(FAREWELL, () -> {
            if (lease.hold()) {
                save(Duration.ZERO);
            }
        });
    }
}
