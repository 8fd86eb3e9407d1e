package dev.realtime.stream.binder.redis.consumer;

/**
 * The function that receives a binding's messages.
 *
 * @param reactive whether it returns before it has handled a message
 * @param acknowledges how many messages at a time it handles and then acknowledges; 0 if it does not acknowledge
 */
public record BoundFunction(boolean reactive, int acknowledges) {

    /** Returns when it has handled the message. */
    public static final BoundFunction ORDINARY = new BoundFunction(false, 0);
}
