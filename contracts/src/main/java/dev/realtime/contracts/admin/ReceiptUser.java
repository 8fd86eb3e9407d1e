package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user to whom a notification was written that has to be confirmed.
 *
 * @param userId the user's id, as it appears in a room's name
 * @param sockets to how many sockets of theirs, the reminder and the escalation included
 * @param writtenAt when first
 * @param by which of its notifications reached them first: {@code sent}, {@code reminder} or {@code escalation}
 * @param confirmedAt when they confirmed; absent while they have not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReceiptUser(
        String userId,
        int sockets,
        Instant writtenAt,
        String by,
        @Nullable Instant confirmedAt) {}
