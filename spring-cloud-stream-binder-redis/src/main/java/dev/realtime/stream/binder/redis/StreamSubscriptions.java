package dev.realtime.stream.binder.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All readers of the application, in the order they were bound. A bean of the application context. */
public final class StreamSubscriptions {

    private final List<StreamSubscription> all = new CopyOnWriteArrayList<>();
    private final @Nullable StreamSubscriptions parent;

    /** A list of its own. */
    public StreamSubscriptions() {
        this(null);
    }

    /** @param parent whose list has all of these as well */
    public StreamSubscriptions(@Nullable StreamSubscriptions parent) {
        this.parent = parent;
    }

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
        if (parent != null) {
            parent.add(subscription);
        }
    }

    /**
     * Called by the binder when reading has ended.
     *
     * @return whether it was there
     */
    public boolean remove(StreamSubscription subscription) {
        if (parent != null) {
            parent.remove(subscription);
        }
        return all.remove(subscription);
    }
}
