package dev.realtime.console.live;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Whether anything has changed among the sockets. Who they are the service knows; here it is enough to know when to ask. */
@Component
public final class PresenceFeed {

    private final AtomicLong number = new AtomicLong();

    /** Another one after each change. */
    public long number() {
        return number.get();
    }

    void changed() {
        number.incrementAndGet();
    }
}
