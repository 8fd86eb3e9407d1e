package dev.realtime.stream.binder.redis.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** A second consumer beside the application's own: the function {@code grouped}, and what it has seen. */
@Configuration(proxyBeanMethods = false)
public class GroupedConsumer {

    /** The payloads that were seen, in order. */
    public static final class Seen {
        public final List<String> payloads = new CopyOnWriteArrayList<>();
    }

    @Bean
    Seen seen() {
        return new Seen();
    }

    @Bean
    Consumer<Message<byte[]>> grouped(Seen seen) {
        return message -> seen.payloads.add(new String(message.getPayload()));
    }
}
