package dev.realtime.service.gateway.budget;

import java.net.InetAddress;

/** Addresses that any number of clients may share, so that they have neither a budget nor a count of their own. */
@FunctionalInterface
public interface SharedAddresses {

    /** Whether an address is shared. Loopback always counts as shared and need not be included. */
    boolean contains(InetAddress address);
}
