package dev.realtime.frontdoor;

import java.nio.channels.UnresolvedAddressException;

/** The port cannot be had. */
public final class PortUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Somebody else listens there. */
        IN_USE,
        /** The address to bind to is no name or address that is known. */
        UNKNOWN_ADDRESS,
        /** What the cause says. */
        OTHER
    }

    private final Reason reason;

    PortUnavailableException(String bindAddress, int port, Throwable cause) {
        super("Port " + port + " cannot be opened on " + bindAddress + ": " + cause.getMessage(), cause);
        reason = reason(cause);
    }

    private static Reason reason(Throwable cause) {
        // Epoll and NIO throw different exceptions with the same words in them.
        if (String.valueOf(cause.getMessage()).contains("Address already in use")) {
            return Reason.IN_USE;
        }
        return cause instanceof UnresolvedAddressException ? Reason.UNKNOWN_ADDRESS : Reason.OTHER;
    }

    /** Why the port cannot be had. */
    public Reason reason() {
        return reason;
    }
}
