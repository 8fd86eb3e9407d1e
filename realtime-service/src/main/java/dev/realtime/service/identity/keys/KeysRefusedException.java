package dev.realtime.service.identity.keys;

/** The configured keys prevent the service from starting; the message names the property and is for the operator. */
public final class KeysRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeysRefusedException(String message) {
        super(message);
    }
}
