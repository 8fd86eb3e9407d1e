package dev.realtime.stream.binder.redis.properties;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** What only this binder knows of a producer's binding. */
public class RedisProducerProperties {

    /** Whether sending returns only after Redis has answered, and throws when it failed. */
    private boolean sync = true;

    /** How long to wait for the answer. */
    private Duration sendTimeout = Duration.ofSeconds(2);

    /** About how many entries the stream keeps; 0 for no limit. */
    private long maxLen = 0;

    /** How long the stream keeps entries, by the age in their id and Redis' clock. Not together with max-len. */
    private @Nullable Duration retention;

    /** About how many bytes of Redis' memory the stream takes; 0 for no limit. */
    private DataSize maxBytes = DataSize.ofBytes(0);

    /** Share of Redis' maxmemory, from 0 to 1, that the stream takes at most where Redis has one; 0 for no limit. */
    private double maxMemoryShare = 0;

    /** Entries younger than this are never trimmed, whatever the other bounds say; 0 for none. */
    private Duration minAge = Duration.ZERO;

    /** How exactly the stream is trimmed. */
    private TrimPolicy trimPolicy = TrimPolicy.APPROXIMATE;

    /** How long an idempotence key is remembered when the message does not say. */
    private Duration idempotence = Duration.ofMinutes(10);

    /** How many replicas must have the entry before it counts as sent. */
    private int waitReplicas = 0;

    /** Name of a channel that gets each message (as the payload) once Redis has it. */
    private @Nullable String confirmAckChannel;

    /** Name of a channel that gets each message, with the entry's metadata as a header, once Redis has it. */
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

    public long getMaxLen() {
        return maxLen;
    }

    public void setMaxLen(long maxLen) {
        this.maxLen = maxLen;
    }

    public @Nullable Duration getRetention() {
        return retention;
    }

    public void setRetention(@Nullable Duration retention) {
        this.retention = retention;
    }

    public DataSize getMaxBytes() {
        return maxBytes;
    }

    public void setMaxBytes(DataSize maxBytes) {
        this.maxBytes = maxBytes;
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

    public Duration getIdempotence() {
        return idempotence;
    }

    public void setIdempotence(Duration idempotence) {
        this.idempotence = idempotence;
    }

    public int getWaitReplicas() {
        return waitReplicas;
    }

    public void setWaitReplicas(int waitReplicas) {
        this.waitReplicas = waitReplicas;
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
