package dev.realtime.service.admin;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Reason;
import dev.realtime.contracts.admin.Sending;
import dev.realtime.contracts.admin.SendingState;
import dev.realtime.contracts.admin.Slice;
import dev.realtime.service.admin.Audited.Action;
import dev.realtime.service.admin.Audited.Outcome;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.sendings.SendingEntry;
import dev.realtime.service.sendings.SendingPages;
import dev.realtime.service.sendings.SendingPages.Part;
import dev.realtime.service.sendings.Sendings;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.util.RawValue;

/** What became of the notifications that administrators sent, and their end. Phone numbers in them are masked. */
@RestController
@RequestMapping("/api/v1/admin/notifications")
class SendingsController {

    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{20}");

    private final Sendings sendings;
    private final SendingPages pages;
    private final Audited audited;
    private final AdminReads reads;

    SendingsController(Sendings sendings, SendingPages pages, Audited audited, AdminReads reads) {
        this.sendings = sendings;
        this.pages = pages;
        this.audited = audited;
        this.reads = reads;
    }

    /**
     * Returns the newest sendings before one, newest first; the answer is bounded in bytes, as for events.
     *
     * @param state only those in this state; several are separated by commas
     */
    @GetMapping
    Slice<Sending> sendings(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable Integer count) {
        int most = Inputs.count(count, USUAL, MOST);
        Set<SendingState> states = states(state);
        String from = before == null || before.isEmpty() ? null : before;
        if (from != null && !ID.matcher(from).matches()) {
            throw Inputs.refused("before", "must be the id of a sending");
        }
        Part part = reads.read(() -> pages.before(from, states, most, AdminReads.BYTES));
        return new Slice<>(part.sendings().stream().map(this::view).toList(), part.before());
    }

    private static Set<SendingState> states(@Nullable String text) {
        Set<SendingState> states = EnumSet.noneOf(SendingState.class);
        if (text != null && !text.isEmpty()) {
            for (String name : text.split(",", -1)) {
                states.add(SendingState.ofWireName(name)
                        .orElseThrow(() -> Inputs.refused("state", "must be a state of a sending")));
            }
        }
        return states;
    }

    @GetMapping("/{sending}")
    Sending sending(@PathVariable String sending) {
        String id = id(sending);
        return view(reads.read(() -> sendings.find(id)));
    }

    @PostMapping("/{sending}/cancel")
    Sending cancel(
            @PathVariable String sending,
            @RequestBody(required = false) @Nullable Reason body,
            HttpServletRequest request) {
        return end("cancel-notification", sending, body, request, sendings::cancel);
    }

    @PostMapping("/{sending}/recall")
    Sending recall(
            @PathVariable String sending,
            @RequestBody(required = false) @Nullable Reason body,
            HttpServletRequest request) {
        return end("recall-notification", sending, body, request, sendings::recall);
    }

    private Sending end(
            String name,
            String sending,
            @Nullable Reason body,
            HttpServletRequest request,
            BiFunction<String, String, SendingEntry> work) {
        String id = id(sending);
        String reason = Inputs.optionalReason(body == null ? null : body.reason());
        String by = Audited.caller().name();
        return audited.perform(request, new Action(name, id, reason, Map.of()), auditId -> {
            Sending after = view(work.apply(id, by));
            return new Outcome<>(after, Map.of("state", after.state().wireName()));
        });
    }

    private static String id(String text) {
        if (!ID.matcher(text).matches()) {
            throw new ProblemException(ErrorCode.SENDING_UNKNOWN, "This is not the id of a sending.");
        }
        return text;
    }

    private Sending view(SendingEntry entry) {
        long now = sendings.now();
        byte[] masked = PhoneMask.mask(entry.payload().getBytes(StandardCharsets.UTF_8));
        return new Sending(
                entry.id(),
                entry.state(now),
                entry.head().by(),
                new RawValue(new String(masked, StandardCharsets.UTF_8)),
                entry.head().to(),
                entry.head().rooms().stream().map(Room::toString).toList(),
                entry.head().confirm(),
                Objects.requireNonNull(time(entry.createdAt())),
                Objects.requireNonNull(time(entry.at())),
                time(entry.until()),
                entry.event(),
                time(entry.sentAt()),
                time(entry.endedAt(now)),
                entry.endedBy(),
                entry.failure());
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
