package dev.realtime.service.gateway.engineio;

import io.netty.channel.EventLoop;

/** A way to the client and back. All but {@link #name()} and {@link #loop()} is called on the transport's loop. */
interface Transport {

    /** The name in the {@code transport} parameter. */
    String name();

    /** The loop that writes for it at the moment. */
    EventLoop loop();

    /** Whether there is somewhere to write to; a transport that is not open drains by itself once it is. */
    boolean isOpen();

    /** Writes what the session has queued, as far as the connection takes it. */
    void drain();

    /** Ends it at once; what is queued is lost. */
    void abort();

    /** Stops or resumes taking messages from the client, so that it feels our pace. */
    void setReading(boolean reading);
}
