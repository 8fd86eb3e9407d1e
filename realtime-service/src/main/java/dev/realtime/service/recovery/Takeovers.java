package dev.realtime.service.recovery;

import dev.realtime.service.cluster.Instance;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.cluster.command.Command;
import dev.realtime.service.cluster.command.CommandBus;
import dev.realtime.service.cluster.command.CommandNotSentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Connections that must end because their sessions were taken over; one command names many of them, for thousands that
 * reconnect at once. A connection that is not told notices when it next touches its session.
 */
@Component
final class Takeovers {

    private static final Logger log = LoggerFactory.getLogger(Takeovers.class);

    /** Maximum number of connections in one command: a few kilobytes. */
    private static final int MOST = 500;

    private final String self;
    private final Supplier<Set<String>> live;
    private final BiConsumer<String, List<Long>> telling;
    /** By instance. Guards itself; at most {@link #MOST} connections per instance. */
    private final Map<String, List<Long>> waiting = new HashMap<>();

    @Autowired
    Takeovers(CommandBus bus, InstanceRegistry registry, InstanceName self) {
        this(
                self.value(),
                () -> registry.others().stream().map(Instance::name).collect(Collectors.toSet()),
                (instance, connections) ->
                        Thread.ofVirtual().name("takeovers").start(() -> send(bus, instance, connections)));
    }

    /** With functions that list the other instances and send to one of them. */
    Takeovers(String self, Supplier<Set<String>> live, BiConsumer<String, List<Long>> telling) {
        this.self = self;
        this.live = live;
        this.telling = telling;
    }

    /** Ends a connection: immediately through {@code here} if it is on this instance. Never waits. */
    void end(Owner owner, LongConsumer here) {
        if (owner.instance().equals(self)) {
            here.accept(owner.connection());
            return;
        }
        synchronized (waiting) {
            List<Long> its = waiting.computeIfAbsent(owner.instance(), instance -> new ArrayList<>());
            if (its.size() < MOST) {
                its.add(owner.connection());
            }
        }
    }

    /** Sends the pending commands to the instances that are alive. Does not wait for their answers. */
    void tell() {
        Map<String, List<Long>> sending;
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                return;
            }
            sending = new HashMap<>(waiting);
            waiting.clear();
        }
        Set<String> others = live.get();
        sending.forEach((instance, connections) -> {
            if (others.contains(instance)) {
                telling.accept(instance, connections);
            }
        });
    }

    private static void send(CommandBus bus, String instance, List<Long> connections) {
        try {
            bus.ask(Set.of(instance), new Command.EndConnections(connections));
        } catch (CommandNotSentException e) {
            log.debug("{} connections whose sessions were taken over could not be ended yet", connections.size(), e);
        }
    }
}
