package dev.realtime.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * A request to block a user.
 *
 * @param seconds the block's duration, 1 to {@value #LONGEST} (a year)
 * @param reason see {@link Reason}
 */
public record BlockAction(@Nullable Long seconds, @Nullable String reason) {

    public static final long LONGEST = 31_622_400;
}
