package dev.realtime.frontdoor;

import java.nio.channels.UnresolvedAddressException;

/** The port cannot be opened. */
public final class PortUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why the port cannot be opened. */
    public enum Reason {
        /** Another program listens on it. */
        IN_USE,
        /** The bind address is not a known name or address. */
        UNKNOWN_ADDRESS,
        /** See the exception's cause. */
        OTHER
    }

    private final Reason reason;

    PortUnavailableException(String bindAddress, int port, Throwable cause) {
        super("Port " + port + " cannot be opened on " + bindAddress + ": " + cause.getMessage(), cause);
        reason = reason(cause);
    }

    private static Reason reason(Throwable cause) {
        // Epoll and NIO throw different exceptions with the same text.
        if (String.valueOf(cause.getMessage()).contains("Address already in use")) {
            return Reason.IN_USE;
        }
        return cause instanceof UnresolvedAddressException ? Reason.UNKNOWN_ADDRESS : Reason.OTHER;
    }

    public Reason reason() {
        return reason;
    }
}
