package dev.realtime.service.fanout;

import java.util.Collection;
import java.util.function.Predicate;

/** Is told to which sockets of this instance an event was queued that has to be confirmed. Must not block. */
public interface Addressees {

    /** For those who do not ask. */
    Addressees NONE = new Addressees() {
        @Override
        public void written(PositionedEvent event, Collection<Subscriber> sockets) {
            // Nobody wants to know.
        }

        @Override
        public void replayed(PositionedEvent event, Subscriber socket) {
            // Nobody wants to know.
        }

        @Override
        public void resumed(Subscriber socket, Predicate<PositionedEvent> had) {
            // Nobody wants to know.
        }
    };

    /**
     * The fan-out has delivered an event with a confirmation. Called once for an event, under the fan-out's lock.
     *
     * @param sockets where it was queued, which may be nowhere; not changed later
     */
    void written(PositionedEvent event, Collection<Subscriber> sockets);

    /** An event with a confirmation was sent to a socket that had missed it. */
    void replayed(PositionedEvent event, Subscriber socket);

    /**
     * A socket continues its session. An instance that was killed may have written events to it without telling anybody.
     *
     * @param had whether an event was written to the socket before; cheap
     */
    void resumed(Subscriber socket, Predicate<PositionedEvent> had);
}
