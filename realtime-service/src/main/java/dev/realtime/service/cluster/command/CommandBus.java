package dev.realtime.service.cluster.command;

import dev.realtime.service.bindings.OutputBindings;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.Instance;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.InstanceRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends commands to instances, this one included, and collects their answers. Thread-safe. */
@Component
public final class CommandBus {

    private static final Logger log = LoggerFactory.getLogger(CommandBus.class);

    private static final String BINDING = "control-out";

    /** How long instances have to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final OutputBindings bindings;
    private final JsonMapper json;
    private final LetterSeal seal;
    private final InstanceRegistry registry;
    private final ClusterClock clock;
    private final String self;
    private final Map<String, PendingCommand> pending = new ConcurrentHashMap<>();

    CommandBus(
            OutputBindings bindings,
            JsonMapper json,
            LetterSeal seal,
            InstanceRegistry registry,
            ClusterClock clock,
            InstanceName self) {
        this.bindings = bindings;
        this.json = json;
        this.seal = seal;
        this.registry = registry;
        this.clock = clock;
        this.self = self.value();
    }

    /**
     * Sends a command to some instances: one record, and one answer from each of them. Waits for up to 3 s until all
     * have answered; must not be called on an event loop.
     *
     * @param addressees the instances' names; nothing is sent when empty
     * @throws CommandNotSentException when Redis did not take the command, so that no instance performs it
     */
    public Answers ask(Set<String> addressees, Command command) {
        PendingCommand asked = new PendingCommand(addressees);
        if (addressees.isEmpty()) {
            return asked.result();
        }
        String id = newId();
        pending.put(id, asked);
        try {
            send(new Letter(id, clock.millis(), self, addressees, command, null, null));
            if (!asked.await(PATIENCE)) {
                log.debug("Not every instance answered {}", command);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pending.remove(id);
        }
        return asked.result();
    }

    /**
     * Sends a command to all registered instances, this one included. Those that cannot be talked to count as silent.
     */
    public Answers askAll(Command command) {
        Set<String> all = new HashSet<>(Set.of(self));
        registry.allOthers().stream().map(Instance::name).forEach(all::add);
        return ask(all, command);
    }

    /** Answers a command; null means that this instance could not perform it. */
    void answer(Letter command, @Nullable Object result) {
        JsonNode answer = result == null ? null : json.valueToTree(result);
        try {
            send(new Letter(newId(), clock.millis(), self, Set.of(command.from()), null, command.id(), answer));
        } catch (CommandNotSentException e) {
            log.debug("A command was not answered: Redis did not accept the answer", e);
        }
    }

    /** An instance answered a command of this one. */
    void onAnswer(Letter answer) {
        PendingCommand asked = answer.answerTo() == null ? null : pending.get(answer.answerTo());
        if (asked != null) {
            asked.take(answer.from(), answer.result());
        }
    }

    private void send(Letter letter) {
        byte[] record = seal.seal(letter);
        try {
            bindings.send(BINDING, MessageBuilder.withPayload(record));
        } catch (RuntimeException e) {
            throw new CommandNotSentException(e);
        }
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
