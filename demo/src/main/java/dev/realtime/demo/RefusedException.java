package dev.realtime.demo;

/** The demo cannot start like this; the message is one sentence for whoever started it. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
