package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.fanout.ClientInfo;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.Subscriber;
import dev.realtime.service.gateway.engineio.EngineSessions;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.identity.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * This instance's sockets: into the view at once, and to Redis and the others every 100 ms, many at a time, or once a
 * second while nothing changes. While Redis is away what is to be told waits, and never more than the sockets that are here
 * or that Redis has.
 *
 * <p>An entry is in Redis for longer than the user it belongs to counts as being here, so whoever takes the entries of an
 * instance that died finds all of its users.
 */
@Component
final class OwnPresence extends Beating {

    private static final Logger log = LoggerFactory.getLogger(OwnPresence.class);

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** How long the end of this instance waits for its farewell. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    /** How many entries one script, and one record of the stream, has at most. */
    private static final int CHUNK = 200;

    private final OwnChanges changes;
    private final ClusterView view;
    private final OwnerRegister owners;
    private final UserRegister users;
    private final PresenceChannel channel;
    private final String instance;
    private final OwnUsers known;

    /** What is not in Redis yet, by socket: as it is now, or null for one that went. Guarded by itself. */
    private final Map<String, @Nullable SocketPresence> unsent = new LinkedHashMap<>();

    // The beat's own.
    private @Nullable String generation;
    private @Nullable String epoch;
    private long lastWrite = System.nanoTime();

    OwnPresence(
            OwnChanges changes,
            ClusterView view,
            OwnerRegister owners,
            UserRegister users,
            PresenceChannel channel,
            EngineSessions sessions,
            JsonMapper json) {
        super("presence");
        this.changes = changes;
        this.view = view;
        this.owners = owners;
        this.users = users;
        this.channel = channel;
        this.instance = sessions.instanceTag();
        this.known = new OwnUsers(json);
        view.change(instance, List.of(), List.of());
        changes.onNote(this::stir);
    }

    /** Takes what has changed among this instance's sockets into the view. Never waits for Redis. */
    void collect() {
        synchronized (unsent) {
            List<SocketPresence> puts = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            for (Member member : changes.take()) {
                String socketId = member.subscriber().socketId();
                if (member.hasLeft()) {
                    removed.add(socketId);
                    unsent.put(socketId, null);
                } else {
                    SocketPresence socket = describe(member);
                    puts.add(socket);
                    unsent.put(socketId, socket);
                }
            }
            if (!puts.isEmpty() || !removed.isEmpty()) {
                view.change(instance, puts, removed);
            }
        }
    }

    private SocketPresence describe(Member member) {
        Subscriber subscriber = member.subscriber();
        Identity identity = subscriber.identity();
        ClientInfo client = subscriber.client();
        return new SocketPresence(
                identity.userId(),
                identity.name(),
                identity.role(),
                identity.login(),
                subscriber.socketId(),
                member.rooms(),
                instance,
                subscriber.transport(),
                client.address(),
                client.protocol(),
                client.userAgent(),
                member.enteredAt(),
                member.queueStep());
    }

    @Override
    protected Duration beat() {
        try {
            collect();
            tell();
        } catch (RuntimeException e) {
            log.debug("Nothing was told of this instance's sockets; it will be", e);
            return INTERVAL;
        }
        return isLively() || generation == null ? INTERVAL : BEAT;
    }

    private void tell() {
        String current = generation;
        if (current == null) {
            current = begin();
        }
        Map<String, @Nullable SocketPresence> sending;
        synchronized (unsent) {
            sending = new LinkedHashMap<>(unsent);
        }
        // Beats are a second apart, less what the last one took.
        boolean beatDue = System.nanoTime() - lastWrite >= BEAT.minus(INTERVAL).toNanos();
        if (sending.isEmpty() && !beatDue) {
            return;
        }
        if (beatDue) {
            owners.index(instance);
        }
        List<SocketPresence> puts = new ArrayList<>();
        Set<String> going = new HashSet<>();
        sending.forEach((socketId, socket) -> {
            if (socket != null) {
                puts.add(socket);
            } else if (known.isStored(socketId)) {
                going.add(socketId);
            }
        });
        // Asked first: a user who goes must not be taken for one that Redis never knew.
        if (!write(current, List.of(), List.of()) || !put(current, puts) || !remove(current, going)) {
            log.info("The entries of this instance's sockets were taken from Redis; they are put there again");
            generation = null;
            return;
        }
        synchronized (unsent) {
            sending.forEach((socketId, socket) -> {
                if (unsent.get(socketId) == socket) {
                    unsent.remove(socketId);
                }
            });
        }
    }

    /** Entries first, then the users. */
    private boolean put(String current, List<SocketPresence> puts) {
        Set<String> concerned = new HashSet<>();
        for (int from = 0; from < puts.size(); from += CHUNK) {
            List<SocketPresence> chunk = puts.subList(from, Math.min(puts.size(), from + CHUNK));
            if (!write(current, chunk, List.of())) {
                return false;
            }
            for (SocketPresence socket : chunk) {
                known.put(socket);
                concerned.add(socket.userKey());
            }
        }
        List<UserRegister.Arrival> arrivals = known.arrivals(concerned);
        if (!arrivals.isEmpty()) {
            users.enter(instance, current, arrivals);
            known.entered(arrivals);
        }
        return true;
    }

    /** Users first, then the entries. */
    private boolean remove(String current, Set<String> going) {
        if (going.isEmpty()) {
            return true;
        }
        Collection<String> departures = known.departures(going);
        if (!departures.isEmpty()) {
            users.leave(instance, current, departures, null);
            known.left(departures);
        }
        List<String> all = List.copyOf(going);
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<String> chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
            if (!write(current, List.of(), chunk)) {
                return false;
            }
            chunk.forEach(known::remove);
        }
        return true;
    }

    /** Writes a change and tells the others; false when this generation is over. */
    private boolean write(String current, List<SocketPresence> puts, List<String> removed) {
        OptionalLong number = owners.write(instance, current, puts, removed);
        if (number.isEmpty()) {
            return false;
        }
        lastWrite = System.nanoTime();
        if (!puts.isEmpty() || !removed.isEmpty()) {
            channel.send(new PresenceBatch(instance, current, number.getAsLong(), puts, removed, false));
        }
        return true;
    }

    /** All anew: at the start, after Redis lost its data, after this instance was taken to be dead. */
    private String begin() {
        String fresh = UUID.randomUUID().toString();
        String now = owners.epoch();
        boolean lost = epoch != null && !epoch.equals(now);
        owners.begin(instance, fresh);
        channel.send(new PresenceBatch(instance, fresh, 0, List.of(), List.of(), false));
        known.reset(lost);
        synchronized (unsent) {
            unsent.clear();
            view.sockets().stream()
                    .filter(socket -> socket.instance().equals(instance))
                    .forEach(socket -> unsent.put(socket.socketId(), socket));
        }
        if (lost) {
            tellOfTheVanished(fresh);
        }
        epoch = now;
        generation = fresh;
        return fresh;
    }

    /** Who left while Redis was losing its data: he came, as far as it knows, and has just left. */
    private void tellOfTheVanished(String fresh) {
        Set<String> here = new HashSet<>();
        synchronized (unsent) {
            unsent.values().forEach(socket -> {
                if (socket != null) {
                    here.add(socket.userKey());
                }
            });
        }
        List<UserRegister.Arrival> vanished = known.vanished().stream()
                .filter(arrival -> !here.contains(arrival.userKey()))
                .toList();
        if (!vanished.isEmpty()) {
            users.enter(instance, fresh, vanished);
            users.leave(
                    instance,
                    fresh,
                    vanished.stream().map(UserRegister.Arrival::userKey).toList(),
                    null);
        }
    }

    /** Ends late, so that the farewell has every socket's end in it. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void stop() {
        stop(FAREWELL);
        farewell(FAREWELL, this::sayGoodbye);
    }

    private void sayGoodbye() {
        String current = generation;
        if (current != null) {
            users.leave(instance, current, known.users(), null);
            owners.end(instance);
            channel.send(new PresenceBatch(instance, current, 0, List.of(), List.of(), true));
        }
    }
}
