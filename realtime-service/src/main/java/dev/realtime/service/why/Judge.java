package dev.realtime.service.why;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.WhyAnswer;
import dev.realtime.contracts.admin.WhyReason;
import dev.realtime.service.journal.SocketNote;
import dev.realtime.service.journal.UserJournal;
import dev.realtime.service.journal.UserJournal.RefusedConnects;
import dev.realtime.service.why.Question.Withheld;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one question by what is known. It never guesses: what a part of the journal that does not reach the event could
 * change is unknown.
 */
final class Judge {

    private static final String INSTANCE_DIED = "instance_died";

    private static final Set<String> UNAUTHENTICATED =
            Set.of(CloseCode.TOKEN_EXPIRED.code(), CloseCode.AUTHENTICATION_TIMEOUT.code());

    private final Question question;
    private final StreamId event;
    private final UserJournal user;
    private final Parts parts;
    private final boolean tooOld;

    Judge(Question question, Parts parts, UserJournal user) {
        this.question = question;
        this.event = question.event();
        this.parts = parts;
        this.user = user;
        this.tooOld = parts.isTooOld() || event.millis() <= user.known();
    }

    WhyAnswer answer(@Nullable Instant confirmedAt) {
        List<WhyAnswer.Socket> sockets = tooOld ? List.of() : sockets();
        Set<String> missing = parts.missing();
        Found found = confirmedAt == null
                ? summary(sockets, !missing.isEmpty())
                : new Found(WhyReason.CONFIRMED, null, confirmedAt);
        return new WhyAnswer(
                event.toString(),
                Instant.ofEpochMilli(event.millis()),
                question.rooms().stream().map(Room::toString).sorted().toList(),
                question.userKey(),
                found.reason,
                found.code,
                found.since,
                sockets,
                tooOld ? List.of() : List.copyOf(missing));
    }

    private record Found(
            WhyReason reason,
            @Nullable String code,
            @Nullable Instant since) {

        static Found of(WhyAnswer.Socket socket) {
            return new Found(socket.reason(), socket.code(), socket.since());
        }
    }

    private Found summary(List<WhyAnswer.Socket> sockets, boolean incomplete) {
        if (tooOld) {
            return new Found(WhyReason.UNKNOWN, WhyAnswer.TOO_OLD, null);
        }
        for (WhyAnswer.Socket socket : sockets) {
            if (socket.reason() == WhyReason.WRITTEN) {
                return Found.of(socket);
            }
        }
        if (incomplete) {
            return new Found(WhyReason.UNKNOWN, parts.haveGap() ? WhyAnswer.GAP : WhyAnswer.INSTANCE_SILENT, null);
        }
        for (WhyReason reason : List.of(
                WhyReason.UNKNOWN,
                WhyReason.QUEUE_FULL,
                WhyReason.RECALLED,
                WhyReason.EXPIRED,
                WhyReason.REFUSED,
                WhyReason.NOT_IN_ROOMS)) {
            for (WhyAnswer.Socket socket : sockets) {
                if (socket.reason() == reason) {
                    return Found.of(socket);
                }
            }
        }
        // A socket that was there, but got nothing any more.
        return user.sockets().stream().anyMatch(this::isThere) ? Found.of(sockets.getFirst()) : withoutSockets();
    }

    /** Why the user had no socket. */
    private Found withoutSockets() {
        if (user.isBlocked(event.millis())) {
            return new Found(WhyReason.BLOCKED, ErrorCode.USER_BLOCKED.code(), null);
        }
        SocketNote last = lastBefore();
        RefusedConnects refused = user.refusals().stream()
                .filter(one -> one.first() <= event.millis() && (last == null || one.first() > last.connected()))
                .max(Comparator.comparing(one -> Math.min(one.last(), event.millis())))
                .orElse(null);
        if (refused != null) {
            long at = refused.last() <= event.millis() ? refused.last() : refused.first();
            return new Found(WhyReason.REFUSED, refused.code(), Instant.ofEpochMilli(at));
        }
        if (last != null && UNAUTHENTICATED.contains(String.valueOf(last.code()))) {
            return new Found(WhyReason.REFUSED, last.code(), closedAt(last));
        }
        return new Found(WhyReason.OFFLINE, last == null ? null : code(last), last == null ? null : closedAt(last));
    }

    /** The connection that had ended last when the event came. */
    private @Nullable SocketNote lastBefore() {
        return user.sockets().stream()
                .filter(note -> event.compareTo(note.from()) > 0 && !isThere(note))
                .max(Comparator.comparing(SocketNote::connected))
                .orElse(null);
    }

    private boolean isThere(SocketNote note) {
        // While it is open, the note of its end may be missing.
        boolean cutOff = note.closed() == null && (parts.of(note) == Knowledge.DEAD || parts.isEnded(note));
        return note.spans(event) && !cutOff;
    }

    private List<WhyAnswer.Socket> sockets() {
        List<WhyAnswer.Socket> sockets = new ArrayList<>();
        for (SocketNote note : user.sockets()) {
            if (isThere(note)) {
                sockets.add(socket(note));
            }
        }
        if (sockets.isEmpty()) {
            SocketNote last = lastBefore();
            if (last != null) {
                sockets.add(absent(last));
            }
            user.sockets().stream()
                    .filter(note -> event.compareTo(note.from()) <= 0)
                    .findFirst()
                    .ifPresent(note -> sockets.add(absent(note)));
        }
        return sockets;
    }

    private WhyAnswer.Socket absent(SocketNote note) {
        return view(note, WhyReason.OFFLINE, code(note), closedAt(note));
    }

    private WhyAnswer.Socket socket(SocketNote note) {
        StreamId known = note.known();
        if (known != null && event.compareTo(known) <= 0) {
            return view(note, WhyReason.UNKNOWN, WhyAnswer.GAP, null);
        }
        if (!note.isIn(question.rooms(), event)) {
            return note.refusalBefore(question.rooms(), event)
                    .map(refusal -> view(
                            note,
                            WhyReason.REFUSED,
                            refusal.code(),
                            Instant.ofEpochMilli(refusal.at().millis())))
                    .orElseGet(() -> view(note, WhyReason.NOT_IN_ROOMS, null, null));
        }
        StreamId live = note.live();
        Withheld withheld = question.withheld();
        // Before what the client says it has: it says so of what was left out as well.
        if (withheld != null
                && withheld.isOver(live == null || event.compareTo(live) <= 0 ? note.connected() : event.millis())) {
            return view(note, withheld.reason(), null, withheld.from());
        }
        if (hadIt(note)) {
            return view(note, WhyReason.WRITTEN, null, at(event));
        }
        if (live == null) {
            return view(note, WhyReason.UNKNOWN, WhyAnswer.REPLAY, null);
        }
        StreamId cut = note.cut();
        if (cut != null && event.compareTo(cut) > 0) {
            return view(note, WhyReason.OFFLINE, CloseCode.CONTINUITY_LOST.code(), closedAt(note));
        }
        if (CloseCode.SLOW_CLIENT.code().equals(note.code()) && event.compareTo(note.empty()) > 0) {
            return view(note, WhyReason.QUEUE_FULL, note.code(), closedAt(note));
        }
        if (note.closed() == null && parts.of(note) != Knowledge.WHOLE) {
            return view(note, WhyReason.UNKNOWN, unknown(parts.of(note)), null);
        }
        // A replay sends it when the connection begins.
        return view(
                note,
                WhyReason.WRITTEN,
                null,
                event.compareTo(live) <= 0 ? Instant.ofEpochMilli(note.connected()) : at(event));
    }

    private static String unknown(Knowledge knowledge) {
        return knowledge == Knowledge.GAP ? WhyAnswer.GAP : WhyAnswer.INSTANCE_SILENT;
    }

    /** Whether the client came back to the session and said that it has this event. */
    private boolean hadIt(SocketNote note) {
        return user.sockets().stream()
                .anyMatch(other -> other.socketId().equals(note.socketId())
                        && other.connected() > note.connected()
                        && event.compareTo(other.from()) <= 0);
    }

    private WhyAnswer.Socket view(SocketNote note, WhyReason reason, @Nullable String code, @Nullable Instant since) {
        return new WhyAnswer.Socket(
                note.socketId(),
                note.instance(),
                reason,
                code,
                since,
                Instant.ofEpochMilli(note.connected()),
                closedAt(note),
                note.roomsAt(event));
    }

    private @Nullable String code(SocketNote note) {
        if (note.closed() == null && parts.of(note) == Knowledge.DEAD) {
            return INSTANCE_DIED;
        }
        return note.code();
    }

    private static @Nullable Instant closedAt(SocketNote note) {
        StreamId closed = note.closed();
        return closed == null ? null : at(closed);
    }

    private static Instant at(StreamId position) {
        return Instant.ofEpochMilli(position.millis());
    }
}
