package dev.realtime.console.why;

import com.vaadin.flow.component.Component;
import dev.realtime.console.language.Times;
import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.admin.WhyAnswer;
import dev.realtime.contracts.admin.WhyReason;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An answer in the page's language. */
final class WhyWords {

    /** What ends a connection besides {@link CloseCode}, and why something is not known. */
    private static final List<String> OTHER_CODES = List.of(
            "left",
            "gone",
            "instance_died",
            WhyAnswer.TOO_OLD,
            WhyAnswer.INSTANCE_SILENT,
            WhyAnswer.GAP,
            WhyAnswer.REPLAY);

    /** The refusals that a connection or a join may have got. */
    private static final List<ErrorCode> REFUSALS = List.of(
            ErrorCode.TOKEN_MISSING,
            ErrorCode.TOKEN_INVALID,
            ErrorCode.TOKEN_EXPIRED,
            ErrorCode.TOKEN_NOT_YET_VALID,
            ErrorCode.TOKEN_ALGORITHM,
            ErrorCode.TOKEN_ISSUER,
            ErrorCode.TOKEN_AUDIENCE,
            ErrorCode.TOKEN_OTHER_USER,
            ErrorCode.USER_BLOCKED,
            ErrorCode.TOO_MANY_SOCKETS,
            ErrorCode.AUTHENTICATION_REQUIRED,
            ErrorCode.FORBIDDEN,
            ErrorCode.ROOM_INVALID,
            ErrorCode.ROOM_UNKNOWN,
            ErrorCode.ROOM_FORBIDDEN,
            ErrorCode.ROOM_LIMIT,
            ErrorCode.ROOM_RATE);

    /** The codes that have words of their own. */
    static final Set<String> CODES = codes();

    private WhyWords() {}

    private static Set<String> codes() {
        Set<String> all = new HashSet<>(OTHER_CODES);
        Arrays.stream(CloseCode.values()).map(CloseCode::code).forEach(all::add);
        REFUSALS.stream().map(ErrorCode::code).forEach(all::add);
        return Set.copyOf(all);
    }

    /** The answer in a few words. */
    static String headline(Component of, WhyReason reason) {
        return of.getTranslation("why.reason." + reason.wireName());
    }

    /** What is behind the answer, as far as it is known. */
    static String explanation(Component of, WhyAnswer answer, Times times) {
        long written = answer.sockets().stream()
                .filter(socket -> socket.reason() == WhyReason.WRITTEN)
                .count();
        String since = answer.since() == null ? "" : times.brief(answer.since());
        String sentence = switch (answer.reason()) {
            case WRITTEN -> of.getTranslation("why.written", Math.max(1, written), since);
            case CONFIRMED -> of.getTranslation("why.confirmed", since);
            case OFFLINE ->
                since.isEmpty() ? of.getTranslation("why.never-here") : of.getTranslation("why.offline", since);
            case NOT_IN_ROOMS -> of.getTranslation("why.not-in-rooms");
            case REFUSED -> since.isEmpty() ? "" : of.getTranslation("why.refused", since);
            case BLOCKED -> of.getTranslation("why.blocked");
            case QUEUE_FULL -> of.getTranslation("why.queue-full");
            default -> "";
        };
        // Being blocked, or too slow, has been said.
        boolean said = answer.reason() == WhyReason.BLOCKED || answer.reason() == WhyReason.QUEUE_FULL;
        String code = said ? "" : code(of, answer.code());
        String silent =
                answer.missing().isEmpty() ? "" : of.getTranslation("why.missing", String.join(", ", answer.missing()));
        return String.join(
                " ",
                List.of(sentence, code, silent).stream()
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    /** What became of the event at one socket. */
    static String socket(Component of, WhyAnswer.Socket socket) {
        String words = of.getTranslation("why.socket." + socket.reason().wireName());
        String code = socket.reason() == WhyReason.OFFLINE || socket.reason() == WhyReason.QUEUE_FULL
                ? ""
                : code(of, socket.code());
        return code.isEmpty() ? words : words + " " + code;
    }

    /** When a socket was connected, and how it ended. */
    static String life(Component of, WhyAnswer.Socket socket, Times times) {
        String begin = times.brief(socket.connectedAt());
        if (socket.closedAt() == null) {
            return socket.reason() == WhyReason.OFFLINE && socket.code() != null
                    ? of.getTranslation("why.life-lost", begin) + " " + code(of, socket.code())
                    : of.getTranslation("why.life-open", begin);
        }
        String life = of.getTranslation("why.life", begin, times.brief(socket.closedAt()));
        boolean ended = socket.reason() == WhyReason.OFFLINE || socket.reason() == WhyReason.QUEUE_FULL;
        return ended && socket.code() != null ? life + " " + code(of, socket.code()) : life;
    }

    private static String code(Component of, @Nullable String code) {
        if (code == null) {
            return "";
        }
        return CODES.contains(code) ? of.getTranslation("why.code." + code) : of.getTranslation("why.code-other", code);
    }
}
