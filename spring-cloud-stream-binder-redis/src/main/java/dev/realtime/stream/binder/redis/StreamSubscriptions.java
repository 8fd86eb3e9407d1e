package dev.realtime.stream.binder.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All readers of the application, in the order they were bound. A bean of the application context. */
public final class StreamSubscriptions {

    private final List<StreamSubscription> all = new CopyOnWriteArrayList<>();
    private final @Nullable StreamSubscriptions parent;

    /** A list without a parent. */
    public StreamSubscriptions() {
        this(null);
    }

    /** @param parent a list that receives the same readers */
    public StreamSubscriptions(@Nullable StreamSubscriptions parent) {
        this.parent = parent;
    }

    /** All readers that are bound now. */
    public List<StreamSubscription> all() {
        return List.copyOf(all);
    }

    /** The readers of one binding: one for each stream and thread; empty if there is no such binding. */
    public List<StreamSubscription> of(String bindingName) {
        return all.stream().filter(it -> it.bindingName().equals(bindingName)).toList();
    }

    /** Called by the binder when a reader starts. */
    public void add(StreamSubscription subscription) {
        all.add(subscription);
        if (parent != null) {
            parent.add(subscription);
        }
    }

    /**
     * Called by the binder when a reader has stopped.
     *
     * @return whether it was listed
     */
    public boolean remove(StreamSubscription subscription) {
        if (parent != null) {
            parent.remove(subscription);
        }
        return all.remove(subscription);
    }
}
