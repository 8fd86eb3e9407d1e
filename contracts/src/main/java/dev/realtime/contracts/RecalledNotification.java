package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The payload of {@code notification:recalled}: clients take the notification off their pages.
 *
 * @param notificationId the notification's member of that name
 * @param confirmId the notification's member of that name; absent if nobody had to confirm it
 * @param timestamp when it was recalled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecalledNotification(
        String notificationId, @Nullable String confirmId, Instant timestamp) {}
