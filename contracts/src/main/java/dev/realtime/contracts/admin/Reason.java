package dev.realtime.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * Why something is done.
 *
 * @param reason 1 to {@value #LONGEST} characters; those whom it is done to may be told
 */
public record Reason(@Nullable String reason) {

    public static final int LONGEST = 500;
}
