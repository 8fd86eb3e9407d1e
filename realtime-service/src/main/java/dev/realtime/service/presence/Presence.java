package dev.realtime.service.presence;

import org.springframework.stereotype.Component;

/** Who is online. */
@Component
public final class Presence {

    private final OwnPresence own;
    private final ClusterView view;

    Presence(OwnPresence own, ClusterView view) {
        this.own = own;
        this.view = view;
    }

    /** The cluster as it is known now: this instance's own sockets without delay, the others' with a short delay. */
    public ClusterView view() {
        own.collect();
        return view;
    }
}
