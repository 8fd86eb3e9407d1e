package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a growing list, newest first. The last three members are for events only: they tell how far a search has
 * come, since one request searches a part of what is kept.
 *
 * @param items the items of this page
 * @param before the value of {@code before} that requests older items; absent if there are none
 * @param searchedTo the time down to which everything has been searched; absent if that is all that is kept
 * @param oldest the time at which the search will end; absent once it has ended
 * @param done whether the search has ended
 * @param <T> {@link EventView} or {@link AuditEntry}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Slice<T>(
        List<T> items,
        @Nullable String before,
        @Nullable Instant searchedTo,
        @Nullable Instant oldest,
        @Nullable Boolean done) {

    /** A page that does not tell how far the search has come. */
    public Slice(List<T> items, @Nullable String before) {
        this(items, before, null, null, null);
    }
}
