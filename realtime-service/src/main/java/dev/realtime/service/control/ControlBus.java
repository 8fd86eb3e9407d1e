package dev.realtime.service.control;

import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.bindings.OutputBindings;
import dev.realtime.service.gateway.engineio.EngineSessions;
import dev.realtime.service.presence.Presence;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells all instances to do something, this one too, and gathers what they did. */
@Component
public final class ControlBus {

    private static final Logger log = LoggerFactory.getLogger(ControlBus.class);

    private static final String BINDING = "control-out";

    /** How long instances have to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final OutputBindings bindings;
    private final JsonMapper json;
    private final Presence presence;
    private final String self;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    ControlBus(OutputBindings bindings, JsonMapper json, Presence presence, EngineSessions sessions) {
        this.bindings = bindings;
        this.json = json;
        this.presence = presence;
        this.self = sessions.instanceTag();
    }

    /** A command that answers are awaited for. */
    private static final class Pending {

        private final Set<String> expected;
        private final CountDownLatch left;
        private final Map<String, JsonNode> answers = new HashMap<>();
        private final Set<String> failed = new HashSet<>();

        Pending(Set<String> expected) {
            this.expected = expected;
            this.left = new CountDownLatch(expected.size());
        }

        synchronized void take(ControlMessage answer) {
            boolean first = !answers.containsKey(answer.instance()) && !failed.contains(answer.instance());
            if (answer.result() == null) {
                failed.add(answer.instance());
            } else {
                answers.put(answer.instance(), answer.result());
            }
            if (first && expected.contains(answer.instance())) {
                left.countDown();
            }
        }

        synchronized Answers result() {
            Set<String> silent = new HashSet<>(expected);
            silent.removeAll(answers.keySet());
            return new Answers(answers, silent);
        }
    }

    /**
     * Has every instance perform an action. Waits for up to 3 s until all that are known have answered; must not be
     * called on an event loop.
     *
     * @param arguments for JSON
     * @throws BackplaneUnavailableException when Redis did not take the command: nobody will perform it
     */
    public Answers ask(String action, Object arguments) {
        String id = UUID.randomUUID().toString();
        Pending asked = new Pending(presence.view().instances());
        pending.put(id, asked);
        try {
            send(new ControlMessage(id, self, action, json.valueToTree(arguments), null));
            if (!asked.left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("Not every instance answered {}", action);
            }
            return asked.result();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return asked.result();
        } finally {
            pending.remove(id);
        }
    }

    private void send(ControlMessage message) {
        try {
            bindings.send(BINDING, MessageBuilder.withPayload(json.writeValueAsBytes(message)));
        } catch (RuntimeException e) {
            throw new BackplaneUnavailableException("Redis did not take the command", e);
        }
    }

    /** Answers a command of any instance. */
    void answer(String id, Object result) {
        send(new ControlMessage(id, self, null, null, json.valueToTree(result)));
    }

    /** Says that this instance could not do it. */
    void fail(String id) {
        send(new ControlMessage(id, self, null, null, null));
    }

    /** An instance answered, this one's command or another's. */
    void onAnswer(ControlMessage answer) {
        Pending asked = pending.get(answer.id());
        if (asked != null) {
            asked.take(answer);
        }
    }
}
