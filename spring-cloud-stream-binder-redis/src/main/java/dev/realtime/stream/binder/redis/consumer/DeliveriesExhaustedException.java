package dev.realtime.stream.binder.redis.consumer;

/** Why an entry became a dead letter whose deliveries never came to an end: the consumers died over it. */
public final class DeliveriesExhaustedException extends RuntimeException {

    DeliveriesExhaustedException(long deliveries) {
        super("Delivered " + deliveries + " times without being acknowledged");
    }
}
