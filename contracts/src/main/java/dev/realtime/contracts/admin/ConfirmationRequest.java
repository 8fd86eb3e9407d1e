package dev.realtime.contracts.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for confirmation of a notification.
 *
 * @param within after how many seconds whoever has not confirmed is reminded; 1 to {@value #LONGEST}
 * @param escalateTo rooms that receive the notification after as long again, unless everybody has confirmed; at most
 *     {@value #MOST_ROOMS}, absent for none
 */
public record ConfirmationRequest(
        @Nullable Integer within, @Nullable List<String> escalateTo) {

    /** Four hours. */
    public static final int LONGEST = 14_400;

    public static final int MOST_ROOMS = 20;
}
