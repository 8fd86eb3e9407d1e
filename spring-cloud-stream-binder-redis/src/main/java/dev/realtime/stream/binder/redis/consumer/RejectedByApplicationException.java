package dev.realtime.stream.binder.redis.consumer;

/** The failure of a dead letter that the application rejected through its acknowledgement. */
public final class RejectedByApplicationException extends RuntimeException {

    RejectedByApplicationException() {
        super("Rejected by the application");
    }
}
