package dev.realtime.service.blocks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the list says of a user: that it is blocked, or that a block was taken back. Of two entries of one user the one with
 * the later stamp counts, wherever they come from. All times are milliseconds of Redis' clock.
 *
 * @param userKey whose entry it is
 * @param ends the end of the block; 0 when it was taken back
 * @param stamp when it was written; later than the stamp of the entry before it
 * @param kept until when the list keeps it
 */
record BlockEntry(String userKey, long ends, long stamp, long kept) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15}):(\\d{1,15}):(\\d{1,15})");

    /** Reads one from the list; empty when it is none. */
    static Optional<BlockEntry> of(String userKey, String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new BlockEntry(
                        userKey,
                        Long.parseLong(parts.group(1)),
                        Long.parseLong(parts.group(2)),
                        Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    /** As it stands in the list. */
    String text() {
        return ends + ":" + stamp + ":" + kept;
    }

    boolean isNewerThan(@Nullable BlockEntry other) {
        return other == null || stamp > other.stamp;
    }
}
