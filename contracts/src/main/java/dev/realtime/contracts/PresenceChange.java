package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The payload of {@code user:online} and {@code user:offline}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PresenceChange(
        Object userId, @Nullable String name, @Nullable String role) {}
