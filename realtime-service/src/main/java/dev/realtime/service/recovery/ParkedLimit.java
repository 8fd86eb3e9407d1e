package dev.realtime.service.recovery;

/** How many parked sessions one user may have: as many as sockets, a limit that the gateway knows. */
@FunctionalInterface
public interface ParkedLimit {

    int parkedPerUser();
}
