package dev.realtime.service.sendings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How sendings are kept. They are kept for as long as receipts are, {@code realtime.receipts.retention}, after they are
 * over.
 *
 * @param maxBytes how much of Redis' memory all of them may take, by an estimate; what waits has half of it; 4MB to 4GB
 * @param mostWaiting how many may be held or planned; 1 to 100,000
 * @param retryFor how long after its time a sending is tried again that Redis refuses; 1m to 24h
 */
@ConfigurationProperties("realtime.sendings")
public record SendingProperties(
        @DefaultValue("32MB") DataSize maxBytes,
        @DefaultValue("1000") int mostWaiting,
        @DefaultValue("10m") Duration retryFor) {

    private static final String PREFIX = "realtime.sendings.";
    private static final int MOST_WAITING = 100_000;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public SendingProperties {
        check(
                maxBytes.compareTo(DataSize.ofMegabytes(4)) >= 0 && maxBytes.compareTo(DataSize.ofGigabytes(4)) <= 0,
                "max-bytes must be from 4MB to 4GB, but is " + maxBytes);
        check(
                mostWaiting >= 1 && mostWaiting <= MOST_WAITING,
                "most-waiting must be from 1 to " + MOST_WAITING + ", but is " + mostWaiting);
        check(
                retryFor.compareTo(SHORTEST) >= 0 && retryFor.compareTo(LONGEST) <= 0,
                "retry-for must be from 1m to 24h, but is " + retryFor);
    }

    private static void check(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(PREFIX + otherwise + ".");
        }
    }
}
