package dev.realtime.stream.binder.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The progress and state of one reader of one stream. Thread-safe. */
public interface StreamSubscription {

    /** Name of the binding, for example {@code events-in-0}. */
    String bindingName();

    /** Key of the stream. */
    String stream();

    /** Name of the consumer group, {@code null} for an anonymous consumer. */
    @Nullable
    String group();

    /**
     * Id of the last entry handed over, or the id to start after if there was none yet; {@code null} until Redis has
     * answered for the first time, and for groups until their first entry.
     */
    @Nullable
    String position();

    /** Whether the start is determined: every entry added from now on will be delivered. */
    boolean isStarted();

    /** Whether there is a connection right now. */
    boolean isConnected();

    /** The failure of the last attempt to connect or read; {@code null} while reading works. */
    @Nullable
    Throwable failure();

    /** Whether the application paused reading. */
    boolean isPaused();

    /** Whether messages are being handled right now; no further ones are handed over meanwhile. */
    boolean isHandling();

    /**
     * Time since Redis last answered a read, with or without entries. In a live reader, little more than the block
     * timeout.
     */
    Duration sinceLastPoll();

    /**
     * Whether the reader does its work: Redis has answered a read within the health timeout, or the message in hand is
     * being handled for less than the handling timeout. A paused reader is alive.
     */
    default boolean isAlive() {
        return true;
    }
}
