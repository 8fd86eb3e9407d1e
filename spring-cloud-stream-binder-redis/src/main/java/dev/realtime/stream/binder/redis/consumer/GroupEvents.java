package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.wire.StreamRecord;

/** What a reader of a group has to tell beside the entries themselves. */
interface GroupEvents extends ContinuityListener {

    /** So many entries were taken over from other consumers, or from a failure of our own. */
    void claimed(long entries);

    /** So many pending entries were trimmed away: nobody will ever handle them. */
    void lostPending(long entries);

    /** The group had vanished and was created anew. */
    void groupRecreated();

    /**
     * An entry was delivered too often.
     *
     * @return whether it was dealt with; if not it stays pending
     */
    boolean giveUp(StreamRecord entry, long deliveries);
}
