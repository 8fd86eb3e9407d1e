package dev.realtime.stream.binder.redis.properties;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What only this binder knows of a producer's binding. */
public class RedisProducerProperties {

    /** Whether sending returns only after Redis has answered, and throws when it failed. */
    private boolean sync = true;

    /** How long to wait for the answer. */
    private Duration sendTimeout = Duration.ofSeconds(2);

    /** About how many entries the stream keeps; 0 for no limit. */
    private long maxLen = 0;

    /** How long the stream keeps entries at least, by the age in their id. Not together with max-len. */
    private @Nullable Duration retention;

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
