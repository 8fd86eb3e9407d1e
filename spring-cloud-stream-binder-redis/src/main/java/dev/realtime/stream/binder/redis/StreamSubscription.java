package dev.realtime.stream.binder.redis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far one reader of one stream has come, and how it is. Safe to ask from any thread at any time. */
public interface StreamSubscription {

    /** Name of the binding, for example {@code events-in-0}. */
    String bindingName();

    /** Key of the stream. */
    String stream();

    /** Name of the consumer group, {@code null} for an anonymous consumer. */
    @Nullable
    String group();

    /**
     * Id of the last entry handed over, or the id to start after when there has been none yet; {@code null} until Redis
     * could be asked for it the first time, and for groups until their first entry.
     */
    @Nullable
    String position();

    /** Whether it is settled which entries will be read: every one added from now on is going to arrive. */
    boolean isStarted();

    /** Whether there is a connection right now. */
    boolean isConnected();

    /** Why nothing is read: what the last attempt to connect or to read ended with; {@code null} while reading works. */
    @Nullable
    Throwable failure();

    /** Whether reading is paused by the application. */
    boolean isPaused();

    /** Whether messages are being handled right now, so that nothing is read meanwhile. */
    boolean isHandling();

    /** Time since Redis last answered a read, entries or not. A live reader stays below the block timeout and a bit. */
    Duration sinceLastPoll();
}
