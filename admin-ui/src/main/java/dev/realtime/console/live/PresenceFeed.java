package dev.realtime.console.live;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Detects changes of presence. Keeps no sockets: the views only need to know when to ask the service. */
@Component
public final class PresenceFeed {

    private final AtomicLong number = new AtomicLong();

    /** A number that changes with every change of presence. */
    public long number() {
        return number.get();
    }

    void changed() {
        number.incrementAndGet();
    }
}
