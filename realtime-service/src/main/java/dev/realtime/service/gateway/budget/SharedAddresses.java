package dev.realtime.service.gateway.budget;

import java.net.InetAddress;

/** Addresses behind which there may be any number of clients, so that none of them has a budget or a count of its own. */
@FunctionalInterface
public interface SharedAddresses {

    /** Whether this is one of them. Loopback always counts as one, and need not be told. */
    boolean contains(InetAddress address);
}
