package dev.realtime.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Informs the components on open pages once a second of the current state. */
@org.springframework.stereotype.Component
public final class Live extends Beat {

    private static final Logger log = LoggerFactory.getLogger(Live.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ServiceWatch service;
    private final EventFeed feed;
    private final PresenceFeed presence;
    private final StreamSubscriptions subscriptions;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    Live(ServiceWatch service, EventFeed feed, PresenceFeed presence, StreamSubscriptions subscriptions) {
        super("live", PAUSE);
        this.service = service;
        this.feed = feed;
        this.presence = presence;
        this.subscriptions = subscriptions;
    }

    /** Calls the listener at once, and then every second while the component is on a page. */
    public void tell(Component component, LiveListener listener) {
        component.addAttachListener(attached -> attach(component, attached.getUI(), listener));
        component.getUI().ifPresent(ui -> attach(component, ui, listener));
    }

    private void attach(Component component, UI ui, LiveListener listener) {
        Watcher watcher = new Watcher(component, ui, listener);
        watchers.add(watcher);
        component.addDetachListener(detached -> {
            watchers.remove(watcher);
            detached.unregisterListener();
        });
        watcher.tell(moment());
    }

    /** The current state. */
    public Moment moment() {
        boolean deaf = subscriptions.all().isEmpty()
                || !subscriptions.all().stream().allMatch(StreamSubscription::isConnected);
        return new Moment(Instant.now(), service.state(), deaf, presence.number(), feed.number());
    }

    @Override
    void beat() {
        Moment moment = moment();
        feed.tick(moment.now());
        watchers.forEach(watcher -> watcher.tell(moment));
    }

    private static final class Watcher {

        private final Component component;
        private final UI ui;
        private final LiveListener listener;
        private final AtomicBoolean busy = new AtomicBoolean();

        Watcher(Component component, UI ui, LiveListener listener) {
            this.component = component;
            this.ui = ui;
            this.listener = listener;
        }

        void tell(Moment moment) {
            if (busy.compareAndSet(false, true)) {
                Thread.ofVirtual().name("live-page").start(() -> {
                    try {
                        show(listener.prepare(moment));
                    } catch (RuntimeException e) {
                        log.warn("A page could not be updated", e);
                    } finally {
                        busy.set(false);
                    }
                });
            }
        }

        private void show(@Nullable Runnable change) {
            if (change == null) {
                return;
            }
            try {
                ui.accessSynchronously(() -> {
                    // The component may have left the page in the meantime.
                    if (component.isAttached()) {
                        change.run();
                    }
                });
            } catch (UIDetachedException e) {
                log.debug("The page is gone", e);
            }
        }
    }
}
