package dev.realtime.service.presence;

import org.springframework.stereotype.Component;

/** Who is online, for whoever asks. */
@Component
public final class Presence {

    private final OwnPresence own;
    private final ClusterView view;

    Presence(OwnPresence own, ClusterView view) {
        this.own = own;
        this.view = view;
    }

    /** The cluster as it is known now: this instance's own sockets to the moment, the others' a moment ago. */
    public ClusterView view() {
        own.collect();
        return view;
    }
}
