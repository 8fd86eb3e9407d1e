package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.presence.OwnerRegister.Remains;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes an instance off the books that died without a word. Its users were last seen when its heart last beat, so they
 * are offline at once, unless another instance has them. Begun by one and left, it is ended by the next.
 */
@Component
final class Reaper {

    private static final Logger log = LoggerFactory.getLogger(Reaper.class);

    private final OwnerRegister owners;
    private final UserRegister users;
    private final PresenceChannel channel;
    private final ClusterView view;
    private final PresenceProperties properties;

    Reaper(
            OwnerRegister owners,
            UserRegister users,
            PresenceChannel channel,
            ClusterView view,
            PresenceProperties properties) {
        this.owners = owners;
        this.users = users;
        this.channel = channel;
        this.view = view;
        this.properties = properties;
    }

    /** Looks at every instance but this one. */
    void reap(String self) {
        for (String instance : owners.owners()) {
            if (!instance.equals(self)) {
                owners.reap(instance, properties.deadAfter())
                        .ifPresentOrElse(remains -> bury(instance, remains), () -> forgetIfEmpty(instance));
            }
        }
    }

    private void bury(String instance, Remains remains) {
        log.warn(
                "Instance {} has not been heard of since {}; its {} sockets are gone",
                instance,
                remains.lastBeat(),
                remains.sockets().size());
        List<String> gone = remains.sockets().stream()
                .map(SocketPresence::userKey)
                .distinct()
                .toList();
        users.leave(instance, remains.generation(), gone, remains.lastBeat());
        PresenceBatch farewell = new PresenceBatch(instance, remains.generation(), 0, List.of(), List.of(), true);
        view.apply(farewell);
        channel.send(farewell);
        owners.forgetRemains(instance);
    }

    /** In the index and nowhere else: Redis lost the rest, or it went in an orderly way. */
    private void forgetIfEmpty(String instance) {
        if (owners.position(instance).isEmpty()) {
            owners.forgetRemains(instance);
        }
    }
}
