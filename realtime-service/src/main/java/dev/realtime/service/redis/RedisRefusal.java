package dev.realtime.service.redis;

import dev.realtime.contracts.ErrorCode;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why Redis answers with an error instead of doing what it was asked to. */
public enum RedisRefusal {
    /** It has as much in memory as {@code maxmemory} allows. */
    FULL(ErrorCode.BACKPLANE_FULL, "Redis is full", "Raise its maxmemory, or remove what fills it."),

    /** A replica. */
    READ_ONLY(
            ErrorCode.BACKPLANE_READ_ONLY,
            "Redis is a read-only replica",
            "Point REDIS_HOST at the master, or use Sentinel or Cluster."),

    /** A master that has lost the replicas it must not write without. */
    TOO_FEW_REPLICAS(
            ErrorCode.BACKPLANE_READ_ONLY,
            "Redis has fewer replicas than min-replicas-to-write",
            "Bring its replicas back."),

    /** No password, a wrong one, or a user without the rights. */
    FORBIDDEN(
            ErrorCode.BACKPLANE_FORBIDDEN,
            "Redis forbids it",
            "Check REDIS_USERNAME and REDIS_PASSWORD, and that user's ACL."),

    /** Set up so that it cannot do its work: it cannot save, lacks a command, or has a foreign key of that name. */
    MISCONFIGURED(
            ErrorCode.BACKPLANE_MISCONFIGURED, "Redis is misconfigured", "Mend what it says; its own log says more."),

    /** Loading its data, failing over, or busy with a script. */
    NOT_READY(ErrorCode.BACKPLANE_NOT_READY, "Redis is not ready", "Wait for it; its own log says for what."),

    /** Any other error. */
    OTHER(ErrorCode.BACKPLANE_REFUSED, "Redis refuses it", "Mend what it says.");

    /** Redis 6 tells an error of a command in a script as one of the script, with the command's own at its end. */
    private static final Pattern IN_SCRIPT = Pattern.compile("^ERR Error running script.*: -?([A-Z]+ .*)$");

    private static final String CLIENT = "io.lettuce.core.";

    private final ErrorCode code;
    private final String reason;
    private final String remedy;

    RedisRefusal(ErrorCode code, String reason, String remedy) {
        this.code = code;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** What callers are told. */
    public ErrorCode code() {
        return code;
    }

    /** What is wrong, as the beginning of a sentence. */
    public String reason() {
        return reason;
    }

    /** What an operator can do about it: a sentence. */
    public String remedy() {
        return remedy;
    }

    /** Whether it may be over in a moment without anybody's doing, so that trying again makes sense. */
    public boolean mayPass() {
        return this == NOT_READY || this == READ_ONLY || this == TOO_FEW_REPLICAS;
    }

    /** Whether an instance is not to be started with it. */
    boolean forbidsStart() {
        return this != NOT_READY && this != TOO_FEW_REPLICAS;
    }

    /** What Redis answered, found among the causes; null when it did not answer, or answered nothing of this kind. */
    public static @Nullable RedisRefusal of(@Nullable Throwable failure) {
        String words = words(failure);
        return words == null ? null : ofWords(words);
    }

    /** The code for what callers are told of a failure, whatever it is: Redis refuses, or is away. */
    public static ErrorCode codeOf(@Nullable Throwable failure) {
        RedisRefusal refusal = of(failure);
        return refusal == null ? ErrorCode.BACKPLANE_UNAVAILABLE : refusal.code;
    }

    /** The beginning of a sentence for what callers are told of a failure, whatever it is. */
    public static String reasonOf(@Nullable Throwable failure) {
        RedisRefusal refusal = of(failure);
        return refusal == null ? "Redis is away" : refusal.reason;
    }

    /** Redis' own words in a failure, its error code first; null when there are none. */
    static @Nullable String words(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            boolean answer = cause instanceof RedisCommandExecutionException;
            // What is refused while connecting may come as the text of a failed connection.
            boolean handshake = cause.getClass().getName().startsWith(CLIENT);
            if (message != null && (answer || handshake && isAuthentication(message))) {
                return message;
            }
            if (cause.getCause() == cause) {
                break;
            }
        }
        return null;
    }

    private static boolean isAuthentication(String message) {
        return message.startsWith("NOAUTH") || message.startsWith("WRONGPASS") || message.startsWith("NOPERM");
    }

    /** What Redis' words mean; null for those that are no refusal. */
    static @Nullable RedisRefusal ofWords(String words) {
        Matcher script = IN_SCRIPT.matcher(words);
        String error = script.matches() ? script.group(1) : words;
        String code = error.split(" ", 2)[0];
        return switch (code) {
            case "OOM" -> FULL;
            case "READONLY" -> READ_ONLY;
            case "NOREPLICAS" -> TOO_FEW_REPLICAS;
            case "NOPERM", "NOAUTH", "WRONGPASS" -> FORBIDDEN;
            case "MISCONF", "WRONGTYPE" -> MISCONFIGURED;
            case "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY" -> NOT_READY;
            case "NOSCRIPT", "NOGROUP", "BUSYGROUP", "UNBLOCKED" -> null;
            case "ERR" -> ofText(error.toLowerCase(Locale.ROOT));
            default -> OTHER;
        };
    }

    private static RedisRefusal ofText(String error) {
        if (error.contains("unknown command") || error.contains("unknown redis command")) {
            return MISCONFIGURED;
        }
        // What a password or a user gets that is wrong, and what a script gets whose user may not do what it does.
        return error.contains("invalid password")
                        || error.contains("auth")
                        || error.contains("acl failure")
                        || error.contains("can't run this command")
                ? FORBIDDEN
                : OTHER;
    }
}
