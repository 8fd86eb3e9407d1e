package dev.realtime.service.cluster.command;

import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.command.DroppedException.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;

/**
 * Reads the destination {@code control}: performs the commands addressed to this instance, and hands answers to the
 * caller that waits for them. The binding calls it from one thread.
 *
 * <p>Metric: {@code realtime.commands.dropped} by {@code reason}.
 */
@Component("commands")
final class CommandConsumer implements Consumer<Message<byte[]>> {

    private static final Logger log = LoggerFactory.getLogger(CommandConsumer.class);

    private static final Duration REPEATED_AFTER = Duration.ofMinutes(1);

    private final Map<Class<? extends Command>, CommandHandler<?>> handlers;
    private final CommandBus bus;
    private final LetterSeal seal;
    private final Postmark postmark;
    private final ForeignProtocols foreign;
    private final MeterRegistry metrics;
    private final String self;
    /** When a drop was last logged, by {@link System#nanoTime()}. */
    private final Map<Reason, Long> lastSaid = new EnumMap<>(Reason.class);

    CommandConsumer(
            List<CommandHandler<?>> handlers,
            CommandBus bus,
            LetterSeal seal,
            ClusterClock clock,
            ForeignProtocols foreign,
            MeterRegistry metrics,
            InstanceName self) {
        this.handlers = handlers.stream().collect(Collectors.toMap(CommandHandler::type, Function.identity()));
        this.bus = bus;
        this.seal = seal;
        this.postmark = new Postmark(clock);
        this.foreign = foreign;
        this.metrics = metrics;
        this.self = self.value();
        for (Reason reason : Reason.values()) {
            metrics.counter("realtime.commands.dropped", "reason", reason.tag());
        }
    }

    @Override
    public void accept(Message<byte[]> message) {
        try {
            Letter letter = seal.open(message.getPayload());
            if (letter.to().contains(self)) {
                postmark.accept(letter);
                take(letter);
            }
        } catch (DroppedException e) {
            drop(e);
        }
    }

    private void take(Letter letter) {
        Command command = letter.command();
        if (command == null) {
            bus.onAnswer(letter);
        } else {
            perform(letter, command);
        }
    }

    private void perform(Letter letter, Command command) {
        CommandHandler<?> handler = handlers.get(command.getClass());
        CompletableFuture<?> done;
        try {
            done = handler == null
                    ? CompletableFuture.failedFuture(new IllegalStateException("No handler for this command"))
                    : handler.perform(command);
        } catch (RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        done.whenComplete((result, failure) -> {
            if (failure != null) {
                log.warn("The command {} failed", command.getClass().getSimpleName(), failure);
            }
            // Sending waits for Redis, and the completing thread may be running a socket's mailbox.
            Thread.ofVirtual().name("command-answer").start(() -> bus.answer(letter, failure == null ? result : null));
        });
    }

    private void drop(DroppedException dropped) {
        Reason reason = dropped.reason();
        metrics.counter("realtime.commands.dropped", "reason", reason.tag()).increment();
        if (reason == Reason.FOREIGN_VERSION) {
            foreign.report("command", "unknown", String.valueOf(dropped.protocol()));
            return;
        }
        Long last = lastSaid.get(reason);
        if (last == null || System.nanoTime() - last >= REPEATED_AFTER.toNanos()) {
            lastSaid.put(reason, System.nanoTime());
            log.warn("Ignoring a record of the stream control: {}", reason.words());
        }
    }
}
