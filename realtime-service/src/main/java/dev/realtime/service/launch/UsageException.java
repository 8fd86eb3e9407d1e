package dev.realtime.service.launch;

/** A command was called with invalid arguments. The message is the one sentence that says so. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
