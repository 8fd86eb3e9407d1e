package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of something that grows at one end, the newest first.
 *
 * @param items what was found
 * @param before what to ask for as {@code before} to get older ones; absent when there are none
 * @param <T> {@link EventView} or {@link AuditEntry}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Slice<T>(List<T> items, @Nullable String before) {}
