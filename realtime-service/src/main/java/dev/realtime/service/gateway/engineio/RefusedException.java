package dev.realtime.service.gateway.engineio;

/** A request is refused. */
final class RefusedException extends Exception {

    private final RequestError error;

    RefusedException(RequestError error) {
        super(error.name(), null, false, false);
        this.error = error;
    }

    RequestError error() {
        return error;
    }
}
