package dev.realtime.service.recovery;

import dev.realtime.service.fanout.EncodedPacket;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import org.springframework.stereotype.Component;

/**
 * Frames of events that are replayed: encoded once for all who replay them at about the same time, byte for byte what the
 * fan-out wrote. Thread-safe.
 */
@Component
public final class ReplayPackets {

    private final Epoch epoch;

    ReplayPackets(Epoch epoch) {
        this.epoch = epoch;
    }

    /** The frame of an event with its position; the caller has a reference of its own to release. */
    public EncodedPacket of(PositionedEvent event) {
        return EncodedPacket.event(event.name(), event.payload(), Position.text(epoch.text(), event.id()));
    }
}
