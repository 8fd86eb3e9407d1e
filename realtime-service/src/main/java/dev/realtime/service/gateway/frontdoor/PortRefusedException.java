package dev.realtime.service.gateway.frontdoor;

import dev.realtime.frontdoor.PortUnavailableException;

/** The port cannot be opened. The message is shown to the person who started the service. */
public final class PortRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortRefusedException(String bindAddress, int port, PortUnavailableException cause) {
        super(sentence(bindAddress, port, cause), cause);
    }

    private static String sentence(String bindAddress, int port, PortUnavailableException refused) {
        String where = bindAddress.equals("*") ? "" : " on " + bindAddress;
        Throwable cause = refused.getCause();
        return switch (refused.reason()) {
            case IN_USE ->
                "PORT " + port + " is already in use" + where
                        + ": stop the process that listens there or set PORT to a free port.";
            case UNKNOWN_ADDRESS ->
                "realtime.bind-address must be an address of this machine, but '" + bindAddress + "' is not known.";
            case OTHER ->
                "PORT " + port + " cannot be opened" + where + ": " + (cause == null ? "" : cause.getMessage());
        };
    }
}
