package dev.realtime.socketio.conformance;

import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.wire.RequestError;

/**
 * The server that the conformance tests are run against: {@link Standalone}, unless a module that builds on this one names
 * another in {@code META-INF/services}.
 */
public interface Subject {

    /** Starts a server on a free loopback port. */
    Running start(Wanted wanted);

    /** A server that runs until it is closed. */
    interface Running extends AutoCloseable {

        int port();

        /**
         * How often something has happened.
         *
         * @param what a {@link RequestError} for refused requests, an {@link EndReason} for ended sessions
         */
        long count(Enum<?> what);

        @Override
        void close();
    }
}
