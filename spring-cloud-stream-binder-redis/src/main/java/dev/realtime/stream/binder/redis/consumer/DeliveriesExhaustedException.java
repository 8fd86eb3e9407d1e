package dev.realtime.stream.binder.redis.consumer;

/** The failure of a dead letter whose deliveries never ended, for example because its consumers crashed. */
public final class DeliveriesExhaustedException extends RuntimeException {

    DeliveriesExhaustedException(long deliveries) {
        super("Delivered " + deliveries + " times without being acknowledged");
    }
}
