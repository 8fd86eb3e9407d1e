package dev.realtime.stream.binder.redis.properties;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The properties of a producer's binding that only this binder has. */
public class RedisProducerProperties {

    /** Whether sending waits for Redis' answer and throws on failure. */
    private boolean sync = true;

    /** How long to wait for the answer; 1 ms or more. A stop waits as long for asynchronous sends. */
    private Duration sendTimeout = Duration.ofSeconds(2);

    /** Approximate number of entries the stream keeps; 0 for no limit. */
    private long maxLength = 0;

    /**
     * How long the stream keeps entries, by their ids and Redis' clock. Cannot be combined with max-length. Unset: no
     * limit.
     */
    private @Nullable Duration retention;

    /** Approximate limit of the stream's memory in Redis; 0 for no limit. */
    private DataSize maxLengthBytes = DataSize.ofBytes(0);

    /**
     * The largest share of Redis' maxmemory, from 0 to 1, that the stream may take; 0 for no limit, as is Redis without
     * maxmemory.
     */
    private double maxMemoryShare = 0;

    /** Entries younger than this are never trimmed, regardless of the other bounds. */
    private Duration minAge = Duration.ZERO;

    /** How precisely the stream is trimmed. */
    private TrimPolicy trimPolicy = TrimPolicy.APPROXIMATE;

    /** How long an idempotence key is remembered unless the message says otherwise. */
    private Duration idempotenceTtl = Duration.ofMinutes(10);

    /** Number of replicas that must have the entry before it counts as sent. */
    private int waitReplicas = 0;

    /**
     * Patterns of the headers that entries carry, with * for any characters and a leading ! to exclude; the first that
     * matches decides. Headers that only make sense within one process are never carried.
     */
    private String[] headerPatterns = {"*"};

    /** Name of a channel that receives each message (as the payload) once Redis has it. Unset: none. */
    private @Nullable String confirmAckChannel;

    /**
     * Name of a channel that receives each message, with the entry's metadata as a header, once Redis has it. Unset:
     * none.
     */
    private @Nullable String recordMetadataChannel;

    public boolean isSync() {
        return sync;
    }

    public void setSync(boolean sync) {
        this.sync = sync;
    }

    public Duration getSendTimeout() {
        return sendTimeout;
    }

    public void setSendTimeout(Duration sendTimeout) {
        this.sendTimeout = sendTimeout;
    }

    public long getMaxLength() {
        return maxLength;
    }

    public void setMaxLength(long maxLength) {
        this.maxLength = maxLength;
    }

    public @Nullable Duration getRetention() {
        return retention;
    }

    public void setRetention(@Nullable Duration retention) {
        this.retention = retention;
    }

    public DataSize getMaxLengthBytes() {
        return maxLengthBytes;
    }

    public void setMaxLengthBytes(DataSize maxLengthBytes) {
        this.maxLengthBytes = maxLengthBytes;
    }

    public double getMaxMemoryShare() {
        return maxMemoryShare;
    }

    public void setMaxMemoryShare(double maxMemoryShare) {
        this.maxMemoryShare = maxMemoryShare;
    }

    public Duration getMinAge() {
        return minAge;
    }

    public void setMinAge(Duration minAge) {
        this.minAge = minAge;
    }

    public TrimPolicy getTrimPolicy() {
        return trimPolicy;
    }

    public void setTrimPolicy(TrimPolicy trimPolicy) {
        this.trimPolicy = trimPolicy;
    }

    public Duration getIdempotenceTtl() {
        return idempotenceTtl;
    }

    public void setIdempotenceTtl(Duration idempotenceTtl) {
        this.idempotenceTtl = idempotenceTtl;
    }

    public int getWaitReplicas() {
        return waitReplicas;
    }

    public void setWaitReplicas(int waitReplicas) {
        this.waitReplicas = waitReplicas;
    }

    public String[] getHeaderPatterns() {
        return headerPatterns;
    }

    public void setHeaderPatterns(String[] headerPatterns) {
        this.headerPatterns = headerPatterns;
    }

    public @Nullable String getConfirmAckChannel() {
        return confirmAckChannel;
    }

    public void setConfirmAckChannel(@Nullable String confirmAckChannel) {
        this.confirmAckChannel = confirmAckChannel;
    }

    public @Nullable String getRecordMetadataChannel() {
        return recordMetadataChannel;
    }

    public void setRecordMetadataChannel(@Nullable String recordMetadataChannel) {
        this.recordMetadataChannel = recordMetadataChannel;
    }
}
