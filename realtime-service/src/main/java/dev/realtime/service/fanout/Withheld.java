package dev.realtime.service.fanout;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.service.payload.SendingRef;
import org.jspecify.annotations.Nullable;

/**
 * Knows which events must not reach clients any more, live or later: notifications that were recalled or have run out.
 * Must not block.
 */
public interface Withheld {

    /** Withholds nothing. */
    Withheld NOTHING = new Withheld() {
        @Override
        public @Nullable Reason reason(SendingRef sending) {
            return null;
        }

        @Override
        public boolean isRecalled(String eventId) {
            return false;
        }
    };

    /** Why something is withheld. */
    enum Reason {
        RECALLED,
        EXPIRED
    }

    /** Why the notifications of a sending are withheld now; null if they are not. */
    @Nullable
    Reason reason(SendingRef sending);

    /** Whether the notification that was first sent by this event was recalled. */
    boolean isRecalled(String eventId);

    /** Whether an event must not reach clients now. */
    default boolean test(PositionedEvent event) {
        SendingRef sending = event.sending();
        // The recall itself belongs to the sending too.
        return sending != null
                && reason(sending) != null
                && !event.name().equals(BroadcastEvent.NOTIFICATION_RECALLED.wireName());
    }
}
