package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.cluster.Protocol;
import dev.realtime.service.presence.OwnerRegister.Remains;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Removes instances that died without a farewell. Their users were last seen at the instance's last beat, so they are
 * offline at once unless another instance has them. If one leader does not finish, the next one does.
 */
@Component
final class Reaper {

    private static final Logger log = LoggerFactory.getLogger(Reaper.class);

    private final InstanceRegistry registry;
    private final ClusterClock clock;
    private final OwnerRegister owners;
    private final UserRegister users;
    private final PresenceChannel channel;
    private final ClusterView view;
    private final PresenceProperties properties;

    Reaper(
            InstanceRegistry registry,
            ClusterClock clock,
            OwnerRegister owners,
            UserRegister users,
            PresenceChannel channel,
            ClusterView view,
            PresenceProperties properties) {
        this.registry = registry;
        this.clock = clock;
        this.owners = owners;
        this.users = users;
        this.channel = channel;
        this.view = view;
        this.properties = properties;
    }

    /** Looks for instances that have been silent for too long. Throws if Redis does not answer. */
    void reap() {
        registry.silent(properties.deadAfter()).forEach((instance, silence) -> {
            owners.reap(instance).ifPresent(remains -> bury(instance, silence, remains));
            // Entries of another protocol version are left to an instance that can read them.
            if (!owners.isThere(instance)) {
                registry.forget(instance, properties.deadAfter());
            }
        });
    }

    private void bury(String instance, Duration silence, Remains remains) {
        log.warn(
                "Instance {} has been silent for {} s: removing its {} sockets",
                instance,
                silence.toSeconds(),
                remains.sockets().size());
        List<String> gone = remains.sockets().stream()
                .map(SocketPresence::userKey)
                .distinct()
                .toList();
        users.leave(
                instance,
                remains.generation(),
                gone,
                Instant.ofEpochMilli(clock.millis()).minus(silence));
        PresenceBatch farewell = PresenceBatch.end(Protocol.VERSION, instance, remains.generation());
        view.apply(farewell);
        channel.send(farewell);
        owners.forgetRemains(instance);
    }
}
