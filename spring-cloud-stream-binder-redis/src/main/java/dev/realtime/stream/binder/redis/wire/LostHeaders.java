package dev.realtime.stream.binder.redis.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once for each header of a producer that its entries cannot carry. */
public final class LostHeaders {

    private static final Logger log = LoggerFactory.getLogger(LostHeaders.class);

    /** Names may be made up by whoever sends. */
    private static final int MOST_NAMES = 1_000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final String destination;

    /** @param destination where the messages are sent, for the log */
    public LostHeaders(String destination) {
        this.destination = destination;
    }

    void tell(String header, Class<?> type) {
        if (told.size() < MOST_NAMES && told.add(header)) {
            log.warn(
                    "Header {} is not sent to {}, or only in part: it has a value of {}, which has no form in a stream. "
                            + "Convert it to text, a number or bytes",
                    header,
                    destination,
                    type.getName());
        }
    }
}
