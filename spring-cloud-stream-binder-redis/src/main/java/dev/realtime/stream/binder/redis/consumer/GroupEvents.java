package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.wire.StreamRecord;

/** Receives what a group's reader observes besides the entries. */
interface GroupEvents extends ContinuityListener {

    /** Entries were taken over from other consumers, or again after a failure of this one. */
    void claimed(long entries);

    /** Pending entries were trimmed: nobody will ever handle them. */
    void lostPending(long entries);

    /** The group had disappeared and was created again. */
    void groupRecreated();

    /**
     * An entry reached the limit of deliveries.
     *
     * @return whether the entry is settled; if not, it stays pending
     */
    boolean giveUp(StreamRecord entry, long deliveries);
}
