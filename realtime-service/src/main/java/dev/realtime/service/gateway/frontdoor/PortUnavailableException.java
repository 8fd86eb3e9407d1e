package dev.realtime.service.gateway.frontdoor;

import java.net.BindException;

/** The one port cannot be had; the message is the sentence for whoever started the service. */
public final class PortUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortUnavailableException(String bindAddress, int port, Throwable cause) {
        super(sentence(bindAddress, port, cause), cause);
    }

    private static String sentence(String bindAddress, int port, Throwable cause) {
        String where = bindAddress.equals("*") ? "" : " on " + bindAddress;
        String reason = String.valueOf(cause.getMessage());
        if (cause instanceof BindException && reason.contains("in use")) {
            return "PORT " + port + " is already in use" + where
                    + ": stop the process that listens there or set PORT to a free port.";
        }
        return "PORT " + port + " cannot be opened" + where + ": " + reason;
    }
}
