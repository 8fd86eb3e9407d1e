package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a growing list, newest first.
 *
 * @param items the items of this page
 * @param before the value of {@code before} that requests older items; absent if there are none
 * @param <T> {@link EventView} or {@link AuditEntry}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Slice<T>(List<T> items, @Nullable String before) {}
