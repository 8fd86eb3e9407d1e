package dev.realtime.service.identity.keys;

/** The service does not start with keys like these; the message names the property, and is for its operator. */
public final class KeysRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeysRefusedException(String message) {
        super(message);
    }
}
