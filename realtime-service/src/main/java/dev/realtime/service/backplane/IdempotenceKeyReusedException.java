package dev.realtime.service.backplane;

/** The idempotence key already stands for another event. */
public final class IdempotenceKeyReusedException extends RuntimeException {

    public IdempotenceKeyReusedException(Throwable cause) {
        super("The idempotence key was used for another event", cause);
    }
}
