package dev.realtime.service.cluster;

import java.util.Collection;

/** Observes each beat that Redis answered, on the register's thread. Must be quick and must not block. */
interface BeatObserver {

    /**
     * Redis answered a beat.
     *
     * @param self this instance
     * @param live all other live instances, of whatever protocol version
     */
    void onBeat(Instance self, Collection<Instance> live);
}
