package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.launch.StartGate;
import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the view of the other instances correct: reads their entries at startup and whenever a batch was missed.
 * Because the last batch before a silence can be lost too, every 5 s it compares each instance's last change in Redis
 * with the view; a change that has still not arrived half a second later was missed.
 *
 * <p>Metric: {@code realtime.presence.reread}, how often an instance's entries were read again.
 */
@Component
final class ViewKeeper extends Beating implements StartGate {

    private static final Logger log = LoggerFactory.getLogger(ViewKeeper.class);

    static final String BINDING = "presence-in";

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration ON_ITS_WAY = Duration.ofMillis(500);

    private final ClusterView view;
    private final OwnerRegister owners;
    private final InstanceRegistry registry;
    private final StreamSubscriptions subscriptions;
    private final String self;
    private final Counter reread;
    private final CompletableFuture<Void> known = new CompletableFuture<>();

    /** From the last look: the last changes in Redis, of the instances that differed from this view. */
    private Map<String, OwnerRegister.Position> ahead = Map.of();

    ViewKeeper(
            ClusterView view,
            OwnerRegister owners,
            InstanceRegistry registry,
            StreamSubscriptions subscriptions,
            InstanceName self,
            MeterRegistry metrics) {
        super("presence-view");
        this.view = view;
        this.owners = owners;
        this.registry = registry;
        this.subscriptions = subscriptions;
        this.self = self.value();
        this.reread = metrics.counter("realtime.presence.reread");
    }

    @Override
    public String description() {
        return "the sockets of the other instances in Redis";
    }

    @Override
    public CompletionStage<?> opened() {
        return known;
    }

    @Override
    public int getPhase() {
        return 0;
    }

    /** Applies a batch from another instance. Reads all its entries if an earlier batch is missing. */
    void onBatch(PresenceBatch batch) {
        if (view.apply(batch)) {
            return;
        }
        reread.increment();
        try {
            read(batch.instance());
        } catch (RuntimeException e) {
            log.debug("The sockets of {} could not be read; trying again", batch.instance(), e);
        }
    }

    @Override
    protected Duration beat() {
        if (!known.isDone() && !(isListening() && registry.isKnown())) {
            return LOOK_AGAIN;
        }
        try {
            look();
            known.complete(null);
            return ahead.isEmpty() ? INTERVAL : ON_ITS_WAY;
        } catch (RuntimeException e) {
            log.debug("The other instances could not be checked", e);
            return known.isDone() ? INTERVAL : LOOK_AGAIN;
        }
    }

    /** Whether all readers have started. Entries are read only then, so that no batch is missed in between. */
    private boolean isListening() {
        var readers = subscriptions.of(BINDING);
        return !readers.isEmpty() && readers.stream().allMatch(StreamSubscription::isStarted);
    }

    private void look() {
        Set<String> all = new HashSet<>(view.instances());
        registry.allOthers().forEach(other -> all.add(other.name()));
        // Dead instances stay registered until the leader removes them.
        all.addAll(registry.silent(Duration.ZERO).keySet());
        all.remove(self);
        Map<String, OwnerRegister.Position> nowAhead = new HashMap<>();
        for (String instance : all) {
            OwnerRegister.Position there = owners.position(instance).orElse(null);
            if (there == null) {
                view.drop(instance);
            } else if (there.equals(view.position(instance))) {
                continue;
            } else if (!known.isDone()) {
                read(instance);
            } else if (isMissed(instance)) {
                reread.increment();
                read(instance);
            } else {
                nowAhead.put(instance, there);
            }
        }
        ahead = nowAhead;
    }

    /** Whether a change that was written before the last look has still not arrived. */
    private boolean isMissed(String instance) {
        OwnerRegister.Position then = ahead.get(instance);
        OwnerRegister.Position here = view.position(instance);
        return then != null
                && (here == null || !here.generation().equals(then.generation()) || here.number() < then.number());
    }

    private void read(String instance) {
        owners.read(instance).ifPresentOrElse(view::replace, () -> view.drop(instance));
    }
}
