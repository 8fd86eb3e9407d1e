package dev.realtime.service.redis;

import dev.realtime.contracts.ErrorCode;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why Redis answers a command with an error. */
public enum RedisRefusal {
    /** Redis has reached {@code maxmemory}. */
    FULL(ErrorCode.BACKPLANE_FULL, "Redis is full", "Raise its maxmemory, or remove what fills it."),

    /** Redis is a replica. */
    READ_ONLY(
            ErrorCode.BACKPLANE_READ_ONLY,
            "Redis is a read-only replica",
            "Point REDIS_HOST at the master, or use Sentinel or Cluster."),

    /** Redis is a master that has lost replicas it requires for writing. */
    TOO_FEW_REPLICAS(
            ErrorCode.BACKPLANE_READ_ONLY,
            "Redis has fewer replicas than min-replicas-to-write",
            "Bring its replicas back."),

    /** No password, a wrong password, or a user without the rights. */
    FORBIDDEN(
            ErrorCode.BACKPLANE_FORBIDDEN,
            "Redis denies access",
            "Check REDIS_USERNAME and REDIS_PASSWORD, and that user's ACL."),

    /** Redis is misconfigured: it cannot save, lacks a command, or has a foreign key under one of our names. */
    MISCONFIGURED(
            ErrorCode.BACKPLANE_MISCONFIGURED,
            "Redis is misconfigured",
            "Fix what its message names; its log has the details."),

    /** Redis is loading its data, failing over, or busy with a script. */
    NOT_READY(
            ErrorCode.BACKPLANE_NOT_READY, "Redis is not ready", "Wait until it is ready; its log says why it is not."),

    /** Any other error. */
    OTHER(ErrorCode.BACKPLANE_REFUSED, "Redis returns an error", "Fix what its message names.");

    /** Redis 6 reports an error of a command in a script as the script's error, with the command's error at the end. */
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

    /** The code for callers. */
    public ErrorCode code() {
        return code;
    }

    /** What is wrong, as the beginning of a sentence. */
    public String reason() {
        return reason;
    }

    /** What an operator can do about it, as a sentence. */
    public String remedy() {
        return remedy;
    }

    /** Whether the condition may pass by itself in a moment, so that a retry makes sense. */
    public boolean mayPass() {
        return this == NOT_READY || this == READ_ONLY || this == TOO_FEW_REPLICAS;
    }

    /** Whether an instance must not start in this condition. */
    boolean forbidsStart() {
        return this != NOT_READY && this != TOO_FEW_REPLICAS;
    }

    /** Finds Redis' answer among the causes; null if Redis did not answer, or its answer is not a refusal. */
    public static @Nullable RedisRefusal of(@Nullable Throwable failure) {
        String words = words(failure);
        return words == null ? null : ofWords(words);
    }

    /** The code for callers, for any failure: Redis refuses, or is unavailable. */
    public static ErrorCode codeOf(@Nullable Throwable failure) {
        RedisRefusal refusal = of(failure);
        return refusal == null ? ErrorCode.BACKPLANE_UNAVAILABLE : refusal.code;
    }

    /** The beginning of a sentence for callers, for any failure. */
    public static String reasonOf(@Nullable Throwable failure) {
        RedisRefusal refusal = of(failure);
        return refusal == null ? "Redis is unavailable" : refusal.reason;
    }

    /** Redis' own message in a failure, beginning with its error code; null if there is none. */
    static @Nullable String words(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            boolean answer = cause instanceof RedisCommandExecutionException;
            // A refusal during connect may arrive as the message of a failed connection.
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

    /** The refusal that a message of Redis means; null if it is not a refusal. */
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
        // Errors for a wrong password or user, and for a script whose user may not run its commands.
        return error.contains("invalid password")
                        || error.contains("auth")
                        || error.contains("acl failure")
                        || error.contains("can't run this command")
                ? FORBIDDEN
                : OTHER;
    }
}
