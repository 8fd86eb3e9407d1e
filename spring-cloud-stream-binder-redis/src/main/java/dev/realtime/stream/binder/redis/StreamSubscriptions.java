package dev.realtime.stream.binder.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All readers of the application, in the order they were bound. A bean of the application context. */
public final class StreamSubscriptions {

    private final List<StreamSubscription> all = new CopyOnWriteArrayList<>();

    /** Every reader that is bound now. */
    public List<StreamSubscription> all() {
        return List.copyOf(all);
    }

    /** The readers of one binding: one for each stream and thread, empty when nothing is bound by that name. */
    public List<StreamSubscription> of(String bindingName) {
        return all.stream().filter(it -> it.bindingName().equals(bindingName)).toList();
    }

    /** Called by the binder when reading begins. */
    public void add(StreamSubscription subscription) {
        all.add(subscription);
    }

    /** Called by the binder when reading has ended. */
    public void remove(StreamSubscription subscription) {
        all.remove(subscription);
    }
}
