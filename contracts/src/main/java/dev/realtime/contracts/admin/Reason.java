package dev.realtime.contracts.admin;

import org.jspecify.annotations.Nullable;

/**
 * The reason for an action.
 *
 * @param reason 1 to {@value #LONGEST} characters; the affected users may see it
 */
public record Reason(@Nullable String reason) {

    public static final int LONGEST = 500;
}
