package dev.realtime.service.presence;

import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.fanout.ClientInfo;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.Subscriber;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.identity.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Publishes this instance's sockets: to the view immediately, and to Redis and the other instances in batches every 100
 * ms, or once a second while nothing changes. While Redis is unavailable, changes wait; never for more sockets than are here
 * or in Redis.
 */
@Component
final class OwnPresence extends Beating {

    private static final Logger log = LoggerFactory.getLogger(OwnPresence.class);

    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** How often the instance checks that Redis still has its entries while nothing changes. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** How long the shutdown waits for the farewell. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final OwnChanges changes;
    private final ClusterView view;
    private final OwnerRegister owners;
    private final OwnLedger ledger;
    private final InstanceRegistry registry;
    private final String instance;

    /** Changes that are not in Redis yet, by socket id: the socket's state, or null if it is gone. Guards itself. */
    private final Map<String, @Nullable SocketPresence> unsent = new LinkedHashMap<>();

    /**
     * The members in the view, by socket id. If two members share an id because a client has reconnected, the later one
     * counts, and the departure of the other removes nothing. Guarded by {@link #unsent}.
     */
    private final Map<String, Member> here = new HashMap<>();

    // The fields below belong to the beat's thread.
    private @Nullable String generation;
    /**
     * A generation that was begun but not finished is begun again under the same name, or its users would be left
     * behind.
     */
    private @Nullable String beginning;

    private @Nullable String epoch;
    private long lastWrite = System.nanoTime();
    private volatile boolean offTheBooks;

    OwnPresence(
            OwnChanges changes,
            ClusterView view,
            OwnerRegister owners,
            OwnLedger ledger,
            InstanceRegistry registry,
            InstanceName self) {
        super("presence");
        this.changes = changes;
        this.view = view;
        this.owners = owners;
        this.ledger = ledger;
        this.registry = registry;
        this.instance = self.value();
        view.change(instance, List.of(), List.of());
        changes.onNote(this::stir);
    }

    /** Takes this instance's changed sockets into the view. Never waits for Redis. */
    void collect() {
        synchronized (unsent) {
            List<SocketPresence> puts = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            List<Member> present = new ArrayList<>();
            for (Member member : changes.take()) {
                String socketId = member.subscriber().socketId();
                if (!member.hasLeft()) {
                    present.add(member);
                } else if (here.remove(socketId, member)) {
                    removed.add(socketId);
                    unsent.put(socketId, null);
                }
            }
            // After the departures: a reconnected client has the id of its former socket, which may have left just now.
            for (Member member : present) {
                String socketId = member.subscriber().socketId();
                if (here.merge(socketId, member, OwnPresence::later) == member) {
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

    private static Member later(Member known, Member other) {
        return other.enteredAt().isBefore(known.enteredAt()) ? known : other;
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
            log.debug("The presence of this instance's sockets could not be written; trying again", e);
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
        // The time since the last write is a second less what that write took, hence the slack of one interval.
        boolean beatDue = System.nanoTime() - lastWrite >= BEAT.minus(INTERVAL).toNanos();
        if (sending.isEmpty() && !beatDue) {
            return;
        }
        if (!ledger.write(current, sending)) {
            log.info("The entries of this instance's sockets in Redis were removed or lost; writing them again");
            generation = null;
            return;
        }
        lastWrite = System.nanoTime();
        synchronized (unsent) {
            sending.forEach((socketId, socket) -> {
                if (unsent.get(socketId) == socket) {
                    unsent.remove(socketId);
                }
            });
        }
    }

    /** Begins a new generation: at startup, after Redis lost its data, or after this instance was declared dead. */
    private String begin() {
        // Short, since every batch contains it; together with the instance's name it is unique enough.
        String fresh = beginning != null
                ? beginning
                : Long.toString(ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
        beginning = fresh;
        registry.touch();
        String now = owners.epoch();
        boolean lost = epoch != null && !epoch.equals(now);
        ledger.begin(fresh, lost);
        Set<String> usersHere = new HashSet<>();
        synchronized (unsent) {
            unsent.clear();
            // Not from the view: another instance may still list a socket that has reconnected here.
            here.values().stream().map(this::describe).forEach(socket -> {
                unsent.put(socket.socketId(), socket);
                usersHere.add(socket.userKey());
            });
        }
        if (lost) {
            ledger.tellOfTheVanished(fresh, usersHere);
        }
        epoch = now;
        generation = fresh;
        beginning = null;
        return fresh;
    }

    /** Ends late, so that the farewell includes the end of every socket. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void stop() {
        stop(FAREWELL);
        farewell(FAREWELL, this::sayGoodbye);
        if (generation != null && !offTheBooks) {
            // Redis is unavailable: an instance that finds this entry later removes its sockets.
            registry.keepEntry();
        }
    }

    private void sayGoodbye() {
        String current = generation;
        if (current != null) {
            ledger.end(current);
            offTheBooks = true;
        }
    }
}
