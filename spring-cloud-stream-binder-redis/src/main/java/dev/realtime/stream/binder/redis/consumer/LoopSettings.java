package dev.realtime.stream.binder.redis.consumer;

import java.time.Duration;

/**
 * The settings that all loops of a binding share.
 *
 * @param bindingName name of the binding
 * @param block how long the server blocks a read that finds nothing
 * @param recoveryInterval the longest pause between two attempts to connect
 * @param shutdownTimeout how long a stop waits for the message being handled
 * @param healthTimeout how long a reader may go without an answer
 * @param handlingTimeout how long an attempt to handle a message may take
 */
public record LoopSettings(
        String bindingName,
        Duration block,
        Duration recoveryInterval,
        Duration shutdownTimeout,
        Duration healthTimeout,
        Duration handlingTimeout) {}
