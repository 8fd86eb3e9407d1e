package dev.realtime.service.receipts;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How receipts are kept.
 *
 * @param retention how long after its notification; 12h to 30d
 * @param maxBytes how much of Redis' memory all of them may take, by a slightly high estimate; 1MB to 4GB
 * @param mostUsers how many users one receipt knows; 1 to 10,000. Further ones are only counted, and cannot confirm
 * @param confirmsPerSecond how many confirmations one socket may send per second, sustained; 1 to 1,000
 * @param confirmBurst how many confirmations a socket may send at once; 1 to 10,000
 */
@ConfigurationProperties("realtime.receipts")
public record ReceiptProperties(
        @DefaultValue("24h") Duration retention,
        @DefaultValue("16MB") DataSize maxBytes,
        @DefaultValue("5000") int mostUsers,
        @DefaultValue("10") int confirmsPerSecond,
        @DefaultValue("100") int confirmBurst) {

    private static final String PREFIX = "realtime.receipts.";
    private static final Duration SHORTEST = Duration.ofHours(12);
    private static final Duration LONGEST = Duration.ofDays(30);

    public ReceiptProperties {
        // Both steps of the longest time for a confirmation come well within the shortest retention.
        check(
                retention.compareTo(SHORTEST) >= 0 && retention.compareTo(LONGEST) <= 0,
                "retention must be from 12h to 30d, but is " + retention);
        check(
                maxBytes.compareTo(DataSize.ofMegabytes(1)) >= 0 && maxBytes.compareTo(DataSize.ofGigabytes(4)) <= 0,
                "max-bytes must be from 1MB to 4GB, but is " + maxBytes);
        checkRange("most-users", mostUsers, 10_000);
        checkRange("confirms-per-second", confirmsPerSecond, 1_000);
        checkRange("confirm-burst", confirmBurst, 10_000);
    }

    private static void checkRange(String name, int value, int most) {
        check(value >= 1 && value <= most, name + " must be from 1 to " + most + ", but is " + value);
    }

    private static void check(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(PREFIX + otherwise + ".");
        }
    }
}
