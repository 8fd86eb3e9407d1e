package dev.realtime.service.identity.keys;

/** A key that cannot be used for tokens. The message says why, as the rest of a sentence about the key. */
final class UnusableKeyException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableKeyException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
