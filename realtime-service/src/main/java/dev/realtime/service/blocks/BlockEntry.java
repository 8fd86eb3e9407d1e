package dev.realtime.service.blocks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user's entry in the list: the user is blocked, or a block was removed. Of two entries for one user, the one with
 * the later stamp counts, wherever they come from. All times are milliseconds of Redis' clock.
 *
 * @param userKey the user
 * @param ends the end of the block; 0 when the block was removed
 * @param stamp when the entry was written; always later than the stamp of the entry before it
 * @param kept until when the list keeps the entry
 */
record BlockEntry(String userKey, long ends, long stamp, long kept) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15}):(\\d{1,15}):(\\d{1,15})");

    /** Parses the text in the list; empty when it is not an entry. */
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

    /** The text in the list. */
    String text() {
        return ends + ":" + stamp + ":" + kept;
    }

    boolean isNewerThan(@Nullable BlockEntry other) {
        return other == null || stamp > other.stamp;
    }
}
