package dev.realtime.stream.binder.redis;

/**
 * The headers that the binder reads from outgoing messages and adds to incoming ones.
 *
 * <p>All start with {@value #PREFIX}. Headers with this prefix are never written to a stream.
 */
public final class RedisBinderHeaders {

    /** The prefix of all headers of the binder. */
    public static final String PREFIX = "redis_";

    /** Incoming: id of the stream entry, for example {@code 1764000000000-0} (String). */
    public static final String STREAM_ID = PREFIX + "streamId";

    /** Incoming: key of the stream the entry was read from (String). */
    public static final String STREAM = PREFIX + "stream";

    /** Incoming, consumer groups only: how often the entry has been delivered, including this time (Long). */
    public static final String DELIVERY_COUNT = PREFIX + "deliveryCount";

    /**
     * Outgoing: a {@code CompletableFuture<RecordMetadata>} of the caller, completed once Redis has the entry, or
     * exceptionally.
     */
    public static final String RECORD_METADATA_FUTURE = PREFIX + "recordMetadataFuture";

    /** On messages to a {@code recordMetadataChannel}: the {@link RecordMetadata} of the entry. */
    public static final String RECORD_METADATA = PREFIX + "recordMetadata";

    /** On messages to a {@code confirmAckChannel}: {@code true}. */
    public static final String PUBLISH_CONFIRM = PREFIX + "publishConfirm";

    /**
     * Outgoing: the entry is added at most once for this key (String, up to 1024 characters) and stream. A repeated
     * send returns the first one's id and {@link RecordMetadata#duplicate()}.
     */
    public static final String IDEMPOTENCE_KEY = PREFIX + "idempotenceKey";

    /** Outgoing: how long the key is remembered ({@link java.time.Duration}); the binding's default is ten minutes. */
    public static final String IDEMPOTENCE_TTL = PREFIX + "idempotenceTtl";

    /**
     * Outgoing: identifies the message behind the key, for example a digest of the request (String). The same key with
     * another fingerprint adds nothing and fails with {@link IdempotenceConflictException}.
     */
    public static final String IDEMPOTENCE_FINGERPRINT = PREFIX + "idempotenceFingerprint";

    private RedisBinderHeaders() {}
}
