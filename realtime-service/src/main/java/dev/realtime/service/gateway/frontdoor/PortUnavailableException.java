package dev.realtime.service.gateway.frontdoor;

import java.nio.channels.UnresolvedAddressException;

/** The one port cannot be had; the message is the sentence for whoever started the service. */
public final class PortUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortUnavailableException(String bindAddress, int port, Throwable cause) {
        super(sentence(bindAddress, port, cause), cause);
    }

    private static String sentence(String bindAddress, int port, Throwable cause) {
        String where = bindAddress.equals("*") ? "" : " on " + bindAddress;
        String reason = String.valueOf(cause.getMessage());
        // Epoll and NIO throw different exceptions with the same words in them.
        if (reason.contains("Address already in use")) {
            return "PORT " + port + " is already in use" + where
                    + ": stop the process that listens there or set PORT to a free port.";
        }
        if (cause instanceof UnresolvedAddressException) {
            return "realtime.bind-address must be an address of this machine, but '" + bindAddress + "' is not known.";
        }
        return "PORT " + port + " cannot be opened" + where + ": " + reason;
    }
}
