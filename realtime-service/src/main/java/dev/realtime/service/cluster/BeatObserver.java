package dev.realtime.service.cluster;

import java.util.Collection;

/** Is told of each beat that Redis answered, on the register's thread. Must be quick and must not wait. */
interface BeatObserver {

    /**
     * A beat was answered.
     *
     * @param self this instance
     * @param live all other instances that are there, of whatever protocol version
     */
    void onBeat(Instance self, Collection<Instance> live);
}
