package dev.realtime.service.identity.keys;

/**
 * A location's keys cannot be read. The message says why in a sentence that begins in lower case, and must not show
 * contents.
 */
final class KeysUnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean outage;

    private KeysUnreadableException(String reason, boolean outage) {
        super(reason, null, false, false);
        this.outage = outage;
    }

    /** The location must be corrected. */
    static KeysUnreadableException wrong(String reason) {
        return new KeysUnreadableException(reason, false);
    }

    /** Another service is unavailable, and may come back by itself. */
    static KeysUnreadableException outage(String reason) {
        return new KeysUnreadableException(reason, true);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    boolean isOutage() {
        return outage;
    }
}
