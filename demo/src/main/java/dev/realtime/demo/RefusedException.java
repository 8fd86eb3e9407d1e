package dev.realtime.demo;

/** The demo cannot start with these arguments. The message is one sentence for the user. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
