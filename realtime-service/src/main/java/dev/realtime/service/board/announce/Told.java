package dev.realtime.service.board.announce;

import dev.realtime.contracts.BroadcastEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what this instance told about the board: {@code realtime.board.announced}, by {@code event}. */
final class Told {

    private Told() {}

    static Counter counter(BroadcastEvent event, MeterRegistry meters) {
        return Counter.builder("realtime.board.announced")
                .tag("event", event.wireName())
                .description("What this instance told about the live board")
                .register(meters);
    }
}
