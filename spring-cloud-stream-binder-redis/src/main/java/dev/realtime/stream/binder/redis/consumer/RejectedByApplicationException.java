package dev.realtime.stream.binder.redis.consumer;

/** Why an entry became a dead letter that the application rejected by its acknowledgement. */
public final class RejectedByApplicationException extends RuntimeException {

    RejectedByApplicationException() {
        super("Rejected by the application");
    }
}
