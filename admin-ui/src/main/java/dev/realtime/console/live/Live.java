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
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Informs the components on open pages once a second of the current state, and those that show events soon after each
 * event.
 */
@org.springframework.stereotype.Component
public final class Live extends Beat {

    private static final Logger log = LoggerFactory.getLogger(Live.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** From events to the next ones on a page: short for a person, and long enough for many events at once. */
    private static final Duration SOON = Duration.ofMillis(80);

    private final ServiceWatch service;
    private final EventFeed feed;
    private final PresenceFeed presence;
    private final StreamSubscriptions subscriptions;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Semaphore news = new Semaphore(0);
    private volatile Thread hurrying = Thread.currentThread();

    Live(ServiceWatch service, EventFeed feed, PresenceFeed presence, StreamSubscriptions subscriptions) {
        super("live", PAUSE);
        this.service = service;
        this.feed = feed;
        this.presence = presence;
        this.subscriptions = subscriptions;
        feed.listen(news::release);
    }

    /** Calls the listener at once, and then every second while the component is on a page. */
    public void tell(Component component, LiveListener listener) {
        tell(component, listener, false);
    }

    /** The same, and soon after each event. */
    public void tellOfEvents(Component component, LiveListener listener) {
        tell(component, listener, true);
    }

    private void tell(Component component, LiveListener listener, boolean events) {
        component.addAttachListener(attached -> attach(component, attached.getUI(), listener, events));
        component.getUI().ifPresent(ui -> attach(component, ui, listener, events));
    }

    private void attach(Component component, UI ui, LiveListener listener, boolean events) {
        Watcher watcher = new Watcher(component, ui, listener, events);
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
    public void start() {
        super.start();
        hurrying = Thread.ofVirtual().name("live-events").start(this::hurry);
    }

    private void hurry() {
        try {
            while (isRunning()) {
                news.acquire();
                news.drainPermits();
                Moment moment = moment();
                watchers.stream().filter(watcher -> watcher.events).forEach(watcher -> watcher.tell(moment));
                Thread.sleep(SOON);
            }
        } catch (InterruptedException e) {
            log.debug("The console is stopping", e);
        }
    }

    @Override
    public void stop() {
        super.stop();
        hurrying.interrupt();
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
        private final boolean events;
        private final AtomicBoolean busy = new AtomicBoolean();

        /** What came while the page was being updated. */
        private final AtomicReference<@Nullable Moment> next = new AtomicReference<>();

        Watcher(Component component, UI ui, LiveListener listener, boolean events) {
            this.component = component;
            this.ui = ui;
            this.listener = listener;
            this.events = events;
        }

        void tell(Moment moment) {
            next.set(moment);
            if (busy.compareAndSet(false, true)) {
                Thread.ofVirtual().name("live-page").start(this::work);
            }
        }

        private void work() {
            while (true) {
                try {
                    Moment moment = next.getAndSet(null);
                    if (moment != null) {
                        show(listener.prepare(moment));
                    }
                } catch (RuntimeException e) {
                    log.warn("A page could not be updated", e);
                } finally {
                    busy.set(false);
                }
                if (next.get() == null || !busy.compareAndSet(false, true)) {
                    return;
                }
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
