package dev.realtime.service.control;

import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.wire.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Performs what is asked on this instance, and hands answers to whoever asked. A command that is read long after it was
 * given, since Redis was away, is not performed: whoever gave it was told so.
 */
@Component("controlMessages")
final class ControlConsumer implements Consumer<Message<byte[]>> {

    private static final Logger log = LoggerFactory.getLogger(ControlConsumer.class);

    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private final Map<String, ControlAction> actions;
    private final ControlBus bus;
    private final JsonMapper json;

    ControlConsumer(List<ControlAction> actions, ControlBus bus, JsonMapper json) {
        this.actions = actions.stream().collect(Collectors.toMap(ControlAction::name, Function.identity()));
        this.bus = bus;
        this.json = json;
    }

    @Override
    public void accept(Message<byte[]> message) {
        ControlMessage read;
        try {
            read = json.readValue(message.getPayload(), ControlMessage.class);
        } catch (JacksonException e) {
            log.warn("A record of the destination control cannot be read and is passed over");
            return;
        }
        if (!read.isCommand()) {
            bus.onAnswer(read);
        } else if (isFresh(message)) {
            perform(read);
        }
    }

    private void perform(ControlMessage command) {
        ControlAction action = actions.get(command.action());
        try {
            if (action == null) {
                bus.fail(command.id());
                return;
            }
            var arguments = command.arguments();
            bus.answer(
                    command.id(),
                    action.perform(arguments == null ? JsonNodeFactory.instance.objectNode() : arguments));
        } catch (RuntimeException e) {
            log.warn("The command {} was not performed", command.action(), e);
            bus.fail(command.id());
        }
    }

    private static boolean isFresh(Message<?> message) {
        String id = String.valueOf(message.getHeaders().get(RedisBinderHeaders.STREAM_ID));
        Instant given = Instant.ofEpochMilli(StreamId.parse(id).millis());
        return Duration.between(given, Instant.now()).compareTo(GOOD_FOR) < 0;
    }
}
