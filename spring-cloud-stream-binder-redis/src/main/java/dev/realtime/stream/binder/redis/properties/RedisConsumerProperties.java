package dev.realtime.stream.binder.redis.properties;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The properties of a consumer's binding that only this binder has. */
public class RedisConsumerProperties {

    /**
     * Where to start without a position: earliest or latest. Unset: latest for anonymous consumers, earliest for
     * groups.
     */
    private @Nullable StartOffset startOffset;

    /** The most entries of one read; also the size of a batch in batch mode. */
    private int batchSize = 100;

    /** When an entry is acknowledged to its group. */
    private AckMode ackMode = AckMode.AUTO;

    /**
     * Name within the group, with the thread's number appended; must be unique among running processes. Unset: a new
     * name at each start, so that other consumers claim a crashed process' entries after claim-min-idle.
     */
    private @Nullable String consumerName;

    /**
     * How long an entry may be pending before another consumer claims it; must exceed the longest handling time of a
     * message.
     */
    private Duration claimMinIdle = Duration.ofMinutes(1);

    /** How often to look for entries to claim and for dead consumers. */
    private Duration claimInterval = Duration.ofSeconds(15);

    /**
     * Whether entries that other consumers left pending are taken over. If not, a consumer-name is required, and each
     * consumer only repeats its own entries.
     */
    private boolean enableClaims = true;

    /**
     * How often an entry is handed over before it becomes a dead letter or, without a dead letter stream, is dropped
     * with an error in the log; 0 for no limit. Unset: 10 with a dead letter stream, no limit without one.
     */
    private @Nullable Integer maxDeliveries;

    /** Idle time after which a consumer without pending entries is removed from the group. */
    private Duration deadConsumerTimeout = Duration.ofHours(1);

    /** Whether failed messages go to a dead letter stream. */
    private boolean enableDlq = false;

    /** Destination of dead letters. Unset: the destination, the group and "dlq", joined by dots. */
    private @Nullable String dlqName;

    /**
     * Number of partitions of the dead letter destination, for partitioned consumers: a dead letter goes to the
     * partition it came from, modulo this number. 0: one dead letter stream for all partitions.
     */
    private int dlqPartitions = 0;

    /** Approximate number of dead letters to keep: older ones are trimmed, unread or not. 0 for all. */
    private long dlqMaxLength = 0;

    /** Number of dead letters at which an event, the health's details and the log raise an alarm; 0 for none. */
    private long dlqAlarmLength = 10_000;

    /** The most characters of the stack trace in a dead letter; 0 for none. */
    private int republishStackTraceMaxLength = 8192;

    /** What to do if entries were trimmed before they were read, or lost by the server. */
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

    public boolean isEnableClaims() {
        return enableClaims;
    }

    public void setEnableClaims(boolean enableClaims) {
        this.enableClaims = enableClaims;
    }

    public @Nullable Integer getMaxDeliveries() {
        return maxDeliveries;
    }

    public void setMaxDeliveries(@Nullable Integer maxDeliveries) {
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

    public int getDlqPartitions() {
        return dlqPartitions;
    }

    public void setDlqPartitions(int dlqPartitions) {
        this.dlqPartitions = dlqPartitions;
    }

    public long getDlqMaxLength() {
        return dlqMaxLength;
    }

    public void setDlqMaxLength(long dlqMaxLength) {
        this.dlqMaxLength = dlqMaxLength;
    }

    public long getDlqAlarmLength() {
        return dlqAlarmLength;
    }

    public void setDlqAlarmLength(long dlqAlarmLength) {
        this.dlqAlarmLength = dlqAlarmLength;
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
