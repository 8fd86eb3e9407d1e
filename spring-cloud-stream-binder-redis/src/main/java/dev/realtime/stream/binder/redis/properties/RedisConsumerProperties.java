package dev.realtime.stream.binder.redis.properties;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What only this binder knows of a consumer's binding. */
public class RedisConsumerProperties {

    /** Where to begin when there is no position yet: earliest or latest. Unset: latest for anonymous consumers, earliest for groups. */
    private @Nullable StartOffset startOffset;

    /** How many entries one read takes at most; also the size of a batch in batch mode. */
    private int batchSize = 100;

    /** When an entry is acknowledged to its group. */
    private AckMode ackMode = AckMode.AUTO;

    /** Name within the group; the thread's number is added. Unset: a new name at each start, so that what a crashed process left is claimed by others after claim-min-idle. A name must be unique among running processes. */
    private @Nullable String consumerName;

    /** How long an entry may be pending before another consumer takes it over; must exceed the longest time a batch takes. */
    private Duration claimMinIdle = Duration.ofMinutes(1);

    /** How often to look for entries to take over, and for dead consumers. */
    private Duration claimInterval = Duration.ofSeconds(15);

    /** How often an entry is delivered before it is given up: to the dead letter stream when there is one, else dropped with an error in the log. */
    private int maxDeliveries = 10;

    /** How long a consumer without pending entries must have been idle to be removed from the group. */
    private Duration deadConsumerTimeout = Duration.ofHours(1);

    /** Whether messages that failed go to a dead letter stream. */
    private boolean enableDlq = false;

    /** Destination of dead letters. Unset: the destination, the group, and "dlq", joined by dots. */
    private @Nullable String dlqName;

    /** About how many dead letters are kept; 0 keeps all. */
    private long dlqMaxLen = 100_000;

    /** How many characters of the stack trace a dead letter carries; 0 for none. */
    private int republishStackTraceMaxLength = 8192;

    /** What to do when entries were trimmed away, or lost by the server, before they were read. */
    private OnGap onGap = OnGap.REPORT;

    public @Nullable StartOffset getStartOffset() {
        return startOffset;
    }

    public void setStartOffset(@Nullable StartOffset startOffset) {
        this.startOffset = startOffset;
    }

    public int getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    public AckMode getAckMode() {
        return ackMode;
    }

    public void setAckMode(AckMode ackMode) {
        this.ackMode = ackMode;
    }

    public @Nullable String getConsumerName() {
        return consumerName;
    }

    public void setConsumerName(@Nullable String consumerName) {
        this.consumerName = consumerName;
    }

    public Duration getClaimMinIdle() {
        return claimMinIdle;
    }

    public void setClaimMinIdle(Duration claimMinIdle) {
        this.claimMinIdle = claimMinIdle;
    }

    public Duration getClaimInterval() {
        return claimInterval;
    }

    public void setClaimInterval(Duration claimInterval) {
        this.claimInterval = claimInterval;
    }

    public int getMaxDeliveries() {
        return maxDeliveries;
    }

    public void setMaxDeliveries(int maxDeliveries) {
        this.maxDeliveries = maxDeliveries;
    }

    public Duration getDeadConsumerTimeout() {
        return deadConsumerTimeout;
    }

    public void setDeadConsumerTimeout(Duration deadConsumerTimeout) {
        this.deadConsumerTimeout = deadConsumerTimeout;
    }

    public boolean isEnableDlq() {
        return enableDlq;
    }

    public void setEnableDlq(boolean enableDlq) {
        this.enableDlq = enableDlq;
    }

    public @Nullable String getDlqName() {
        return dlqName;
    }

    public void setDlqName(@Nullable String dlqName) {
        this.dlqName = dlqName;
    }

    public long getDlqMaxLen() {
        return dlqMaxLen;
    }

    public void setDlqMaxLen(long dlqMaxLen) {
        this.dlqMaxLen = dlqMaxLen;
    }

    public int getRepublishStackTraceMaxLength() {
        return republishStackTraceMaxLength;
    }

    public void setRepublishStackTraceMaxLength(int republishStackTraceMaxLength) {
        this.republishStackTraceMaxLength = republishStackTraceMaxLength;
    }

    public OnGap getOnGap() {
        return onGap;
    }

    public void setOnGap(OnGap onGap) {
        this.onGap = onGap;
    }
}
