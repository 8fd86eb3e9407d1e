package dev.realtime.stream.binder.redis;

/** The headers of dead letters, and of entries that were put back from a dead letter stream. */
public final class DeadLetterHeaders {

    /** Key of the stream the entry came from (String). */
    public static final String ORIGINAL_STREAM = "x-original-stream";

    /** Id of the entry in that stream (String). It stays the same however often the entry is put back and fails. */
    public static final String ORIGINAL_ID = "x-original-id";

    /** The group that failed (String). */
    public static final String ORIGINAL_GROUP = "x-original-group";

    /** How often the entry was handed over (Long). */
    public static final String DELIVERY_COUNT = "x-delivery-count";

    /** Class of the exception (String). */
    public static final String EXCEPTION_FQCN = "x-exception-fqcn";

    /** Message of the exception (String). */
    public static final String EXCEPTION_MESSAGE = "x-exception-message";

    /** The exception's stack trace, up to the configured length (String). */
    public static final String EXCEPTION_STACKTRACE = "x-exception-stacktrace";

    /** Of an entry that was put back: how often (Integer). */
    public static final String REDRIVE_COUNT = "x-redrive-count";

    /** Of an entry that was put back: id of its dead letter (String). */
    public static final String DEAD_LETTER_ID = "x-dead-letter-id";

    private DeadLetterHeaders() {}
}
