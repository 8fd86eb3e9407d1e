package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;

/** Tells the other instances what changed. */
@FunctionalInterface
interface PresenceChannel {

    /** Sends a batch; waits for Redis and never throws. The others notice by its number when a batch is lost. */
    void send(PresenceBatch batch);
}
