package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;

/** Tells the other instances what changed. */
@FunctionalInterface
interface PresenceChannel {

    /** Sends a batch. Waits for Redis and never throws; the others detect a lost batch by its number. */
    void send(PresenceBatch batch);
}
