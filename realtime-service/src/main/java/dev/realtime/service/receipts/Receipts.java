package dev.realtime.service.receipts;

import dev.realtime.stream.binder.redis.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads receipts. Waits for Redis, and throws {@link org.springframework.dao.DataAccessException} when it does not answer. */
@Component
public final class Receipts {

    /** Several notifications may have been sent within one millisecond. */
    private static final int MORE = 50;

    private final ReceiptStore store;

    Receipts(ReceiptStore store) {
        this.store = store;
    }

    /** A receipt and the users it knows, in no order. */
    public record WithUsers(Receipt receipt, List<Receipt.User> users) {

        public WithUsers {
            users = List.copyOf(users);
        }
    }

    /**
     * A part of all receipts.
     *
     * @param receipts newest first
     * @param before where older ones follow; null if there are none
     */
    public record Part(List<Receipt> receipts, @Nullable String before) {

        public Part {
            receipts = List.copyOf(receipts);
        }
    }

    /**
     * Returns the newest receipts before an id.
     *
     * @param before the id, exclusive; null for the newest of all
     * @param most how many, 1 or more
     * @param bytes how many bytes of notifications; the last one may exceed this
     */
    public Part before(@Nullable StreamId before, int most, long bytes) {
        List<Receipt> found = new ArrayList<>();
        List<String> ids = store.idsUpTo(before == null ? Long.MAX_VALUE : before.millis(), most + MORE);
        long taken = 0;
        String last = null;
        for (String id : sorted(ids, before)) {
            if (found.size() == most || taken >= bytes) {
                return new Part(found, last);
            }
            last = id;
            Receipt receipt = store.find(id);
            if (receipt != null) {
                found.add(receipt);
                taken += receipt.payload().length();
            }
        }
        return new Part(found, ids.size() == most + MORE ? last : null);
    }

    /** In Redis, ids of one millisecond are in the order of their texts. */
    private static List<String> sorted(List<String> ids, @Nullable StreamId before) {
        return ids.stream()
                .map(StreamId::parse)
                .filter(id -> before == null || id.compareTo(before) < 0)
                .sorted((one, other) -> other.compareTo(one))
                .map(StreamId::toString)
                .toList();
    }

    /** A receipt with its users; null if it does not exist or is no longer kept. */
    public @Nullable WithUsers find(String id) {
        return store.load(id);
    }

    /**
     * When a user confirmed a notification, or its reminder or escalation: all of them have its receipt.
     *
     * @return null if they have not, if it was not written to them, or if the receipt does not exist or is no longer kept
     */
    public @Nullable Instant confirmedAt(String id, String userKey) {
        Receipt.User user = store.user(id, userKey);
        Long at = user == null ? null : user.confirmedAt();
        return at == null ? null : Instant.ofEpochMilli(at);
    }
}
