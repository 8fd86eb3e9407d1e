package dev.realtime.stream.binder.redis.properties;

import java.time.Duration;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/** The properties of the binder. */
@ConfigurationProperties("spring.cloud.stream.redis.binder")
public class RedisBinderConfigurationProperties implements InitializingBean {

    private static final String PREFIX = "spring.cloud.stream.redis.binder.";

    /** Prefixed to every destination to form the key of its stream. */
    private String keyPrefix = "";

    /**
     * Name of the bean of type LettuceConnectionFactory that says where Redis is. By default the only or the primary
     * one.
     */
    private String connectionFactory = "";

    /** How long the server blocks a read that finds nothing; between 10 ms and 1 min. */
    private Duration blockTimeout = Duration.ofSeconds(1);

    /** How much longer than the requested block an answer may take before the connection is replaced. */
    private Duration replyTimeout = Duration.ofSeconds(2);

    /** Longest pause between two attempts to connect; the first attempts follow faster. */
    private Duration recoveryInterval = Duration.ofSeconds(1);

    /** Age of the last answered read beyond which the binder's health is down. */
    private Duration healthTimeout = Duration.ofSeconds(10);

    /**
     * How long one attempt to handle a message may take before the binder's health is down; for a group at least
     * claim-min-idle. 0 for no limit.
     */
    private Duration handlingTimeout = Duration.ofMinutes(1);

    /** How long a stop waits for the message being handled before it interrupts the thread. */
    private Duration shutdownTimeout = Duration.ofSeconds(30);

    /**
     * The most connections that may read at a time: one for each stream and thread of a binding, also where streams share
     * one, since each may need its own again. Further readers are refused.
     */
    private int maxReadConnections = 100;

    /**
     * The most streams of anonymous consumers that share one connection, as long as they are quiet; in a Redis Cluster
     * only streams of the same slot do. 1 for a connection for each stream.
     */
    private int maxStreamsPerConnection = 100;

    /** Whether sending and receiving is observed, so that messages carry traces. */
    private boolean enableObservation = false;

    /** Refuses invalid values and names the property. */
    @Override
    public void afterPropertiesSet() {
        Assert.isTrue(
                blockTimeout.compareTo(Duration.ofMillis(10)) >= 0
                        && blockTimeout.compareTo(Duration.ofMinutes(1)) <= 0,
                () -> PREFIX + "block-timeout must be between 10 ms and 1 min, not " + blockTimeout);
        positive("reply-timeout", replyTimeout);
        positive("recovery-interval", recoveryInterval);
        positive("shutdown-timeout", shutdownTimeout);
        Assert.isTrue(
                healthTimeout.compareTo(blockTimeout) > 0,
                () -> PREFIX + "health-timeout must exceed the block-timeout of " + blockTimeout + ", not be "
                        + healthTimeout);
        Assert.isTrue(
                !handlingTimeout.isNegative(),
                () -> PREFIX + "handling-timeout must not be negative, as " + handlingTimeout + " is");
        Assert.isTrue(
                maxReadConnections > 0,
                () -> PREFIX + "max-read-connections must be 1 or more, not " + maxReadConnections);
        Assert.isTrue(
                maxStreamsPerConnection > 0,
                () -> PREFIX + "max-streams-per-connection must be 1 or more, not " + maxStreamsPerConnection);
    }

    private static void positive(String name, Duration value) {
        Assert.isTrue(value.toMillis() > 0, () -> PREFIX + name + " must be 1 ms or more, not " + value);
    }

    public String getKeyPrefix() {
        return keyPrefix;
    }

    public void setKeyPrefix(String keyPrefix) {
        this.keyPrefix = keyPrefix;
    }

    public String getConnectionFactory() {
        return connectionFactory;
    }

    public void setConnectionFactory(String connectionFactory) {
        this.connectionFactory = connectionFactory;
    }

    public Duration getBlockTimeout() {
        return blockTimeout;
    }

    public void setBlockTimeout(Duration blockTimeout) {
        this.blockTimeout = blockTimeout;
    }

    public Duration getReplyTimeout() {
        return replyTimeout;
    }

    public void setReplyTimeout(Duration replyTimeout) {
        this.replyTimeout = replyTimeout;
    }

    public Duration getRecoveryInterval() {
        return recoveryInterval;
    }

    public void setRecoveryInterval(Duration recoveryInterval) {
        this.recoveryInterval = recoveryInterval;
    }

    public Duration getHealthTimeout() {
        return healthTimeout;
    }

    public void setHealthTimeout(Duration healthTimeout) {
        this.healthTimeout = healthTimeout;
    }

    public Duration getHandlingTimeout() {
        return handlingTimeout;
    }

    public void setHandlingTimeout(Duration handlingTimeout) {
        this.handlingTimeout = handlingTimeout;
    }

    public Duration getShutdownTimeout() {
        return shutdownTimeout;
    }

    public void setShutdownTimeout(Duration shutdownTimeout) {
        this.shutdownTimeout = shutdownTimeout;
    }

    public int getMaxReadConnections() {
        return maxReadConnections;
    }

    public void setMaxReadConnections(int maxReadConnections) {
        this.maxReadConnections = maxReadConnections;
    }

    public int getMaxStreamsPerConnection() {
        return maxStreamsPerConnection;
    }

    public void setMaxStreamsPerConnection(int maxStreamsPerConnection) {
        this.maxStreamsPerConnection = maxStreamsPerConnection;
    }

    public boolean isEnableObservation() {
        return enableObservation;
    }

    public void setEnableObservation(boolean enableObservation) {
        this.enableObservation = enableObservation;
    }
}
