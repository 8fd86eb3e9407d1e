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
 * This instance's sockets: into the view at once, and to Redis and the others every 100 ms, many at a time, or once a
 * second while nothing changes. While Redis is away what is to be told waits, and never more than the sockets that are here
 * or that Redis has.
 */
@Component
final class OwnPresence extends Beating {

    private static final Logger log = LoggerFactory.getLogger(OwnPresence.class);

    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** While nothing changes it asks that often whether its entries are still there. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** How long the end of this instance waits for its farewell. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final OwnChanges changes;
    private final ClusterView view;
    private final OwnerRegister owners;
    private final OwnLedger ledger;
    private final InstanceRegistry registry;
    private final String instance;

    /** What is not in Redis yet, by socket: as it is now, or null for one that went. Guarded by itself. */
    private final Map<String, @Nullable SocketPresence> unsent = new LinkedHashMap<>();

    /**
     * The members that are in the view, by their sockets. Of two that have one id, since a client has come back, it is the later
     * one: when the other leaves nothing is taken away. Guarded by {@link #unsent}.
     */
    private final Map<String, Member> here = new HashMap<>();

    // The beat's own.
    private @Nullable String generation;
    /** What was begun and not finished is begun again under the same name, or it would leave users behind. */
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

    /** Takes what has changed among this instance's sockets into the view. Never waits for Redis. */
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
            // Last: a client that came back has the id of the socket that it had, which may have gone just now.
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
        if (!ledger.write(current, sending)) {
            log.info("The entries of this instance's sockets in Redis were taken or lost; writing them again");
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

    /** All anew: at the start, after Redis lost its data, after this instance was taken to be dead. */
    private String begin() {
        // Beside the instance's name it is unique enough, and it stands in every batch.
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
            // Not from the view: another instance may still list a socket that has come back to this one.
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

    /** Ends late, so that the farewell has every socket's end in it. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void stop() {
        stop(FAREWELL);
        farewell(FAREWELL, this::sayGoodbye);
        if (generation != null && !offTheBooks) {
            // Redis is away: whoever finds this instance's entry later takes its sockets off the books.
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
