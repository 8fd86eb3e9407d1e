package dev.realtime.stream.binder.redis.consumer;

import java.time.Duration;

/**
 * What all loops of a binding have in common.
 *
 * @param bindingName name of the binding
 * @param block how long the server holds a read that finds nothing
 * @param recoveryInterval longest pause between two attempts to connect
 * @param shutdownTimeout how long stopping waits for the message being handled
 */
public record LoopSettings(String bindingName, Duration block, Duration recoveryInterval, Duration shutdownTimeout) {}
