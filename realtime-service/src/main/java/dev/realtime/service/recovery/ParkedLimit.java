package dev.realtime.service.recovery;

/** How many sessions of one user may wait for their clients: as many as a user may have sockets, which the gateway knows. */
@FunctionalInterface
public interface ParkedLimit {

    int parkedPerUser();
}
