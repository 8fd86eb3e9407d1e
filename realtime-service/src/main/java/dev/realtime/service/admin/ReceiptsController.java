package dev.realtime.service.admin;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.ReceiptDetail;
import dev.realtime.contracts.admin.ReceiptUser;
import dev.realtime.contracts.admin.ReceiptView;
import dev.realtime.contracts.admin.Slice;
import dev.realtime.service.payload.Confirmation.Step;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.receipts.Receipt;
import dev.realtime.service.receipts.Receipts;
import dev.realtime.service.receipts.Receipts.Part;
import dev.realtime.service.receipts.Receipts.WithUsers;
import dev.realtime.service.stats.Paging;
import dev.realtime.stream.binder.redis.StreamId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.util.RawValue;

/** Who has confirmed which notification. Phone numbers in notifications are masked. */
@RestController
@RequestMapping("/api/v1/admin/receipts")
class ReceiptsController {

    private static final int USUAL = 50;
    private static final int MOST = 200;

    private static final Comparator<ReceiptUser> BY_USER = Comparator.comparing(ReceiptUser::userId);
    private static final Comparator<ReceiptUser> BY_CONFIRMED =
            Comparator.comparing(ReceiptUser::confirmedAt, Comparator.nullsFirst(Comparator.naturalOrder()));
    private static final Map<String, Comparator<ReceiptUser>> FIELDS = Map.of(
            "userId", BY_USER,
            "writtenAt", Comparator.comparing(ReceiptUser::writtenAt),
            "confirmedAt", BY_CONFIRMED);

    private final Receipts receipts;
    private final AdminReads reads;

    ReceiptsController(Receipts receipts, AdminReads reads) {
        this.receipts = receipts;
        this.reads = reads;
    }

    /** Returns the newest receipts before a place, newest first; the answer is bounded in bytes, as for events. */
    @GetMapping
    Slice<ReceiptView> receipts(
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable Integer count) {
        int most = Inputs.count(count, USUAL, MOST);
        String place = Inputs.place("before", before);
        Part part = reads.read(() -> receipts.before(place == null ? null : id(place), most, AdminReads.BYTES));
        return new Slice<>(
                part.receipts().stream().map(ReceiptsController::view).toList(), part.before());
    }

    /**
     * Returns one receipt with a page of its users.
     *
     * @param confirmed only users who have confirmed, or who have not
     * @param parameters {@code page}, {@code size} and {@code sort}, as for statistics
     */
    @GetMapping("/{id}")
    ReceiptDetail receipt(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Boolean confirmed,
            @RequestParam Map<String, String> parameters) {
        String place = Inputs.place("id", id);
        Paging paging = Paging.of(parameters);
        WithUsers found =
                place == null ? null : reads.read(() -> receipts.find(id(place).toString()));
        if (found == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "There is no such receipt; it may be too old to be kept.");
        }
        List<ReceiptUser> users = found.users().stream()
                .filter(user -> confirmed == null || confirmed == (user.confirmedAt() != null))
                .map(ReceiptsController::user)
                .toList();
        Paging.Part<ReceiptUser> part = paging.of(users, FIELDS, BY_CONFIRMED.thenComparing(BY_USER));
        return new ReceiptDetail(view(found.receipt()), part.page(), part.rows());
    }

    private static StreamId id(String place) {
        return StreamId.parse(place.indexOf('-') < 0 ? place + "-0" : place);
    }

    private static ReceiptView view(Receipt receipt) {
        byte[] masked = PhoneMask.mask(receipt.payload().getBytes(StandardCharsets.UTF_8));
        return new ReceiptView(
                receipt.id(),
                Instant.ofEpochMilli(receipt.at()),
                new RawValue(new String(masked, StandardCharsets.UTF_8)),
                receipt.head().sender(),
                printed(receipt.head().rooms()),
                receipt.head().within(),
                printed(receipt.head().escalateTo()),
                receipt.sockets(),
                receipt.users(),
                receipt.confirmed(),
                receipt.untracked(),
                receipt.next() != null,
                again(receipt.done().get(Step.REMINDER)),
                again(receipt.done().get(Step.ESCALATION)));
    }

    private static List<String> printed(List<Room> rooms) {
        return rooms.stream().map(Room::toString).toList();
    }

    private static ReceiptView.@Nullable Again again(Receipt.@Nullable Done done) {
        return done == null
                ? null
                : new ReceiptView.Again(
                        Instant.ofEpochMilli(done.at()), done.event().isEmpty() ? null : done.event(), done.sockets());
    }

    private static ReceiptUser user(Receipt.User user) {
        Long confirmedAt = user.confirmedAt();
        return new ReceiptUser(
                user.userKey(),
                user.sockets(),
                Instant.ofEpochMilli(user.writtenAt()),
                user.by().text(),
                confirmedAt == null ? null : Instant.ofEpochMilli(confirmedAt));
    }
}
