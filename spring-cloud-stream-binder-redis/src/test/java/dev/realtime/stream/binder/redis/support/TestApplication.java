package dev.realtime.stream.binder.redis.support;

import dev.realtime.stream.binder.redis.RecordMetadata;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.StreamContinuityEvent;
import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/** A small application: function {@code events} reads destination {@code events}, binding {@code events-out} writes it. */
public final class TestApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param properties {@code name=value} each */
    public static TestApplication start(int redisPort, String... properties) {
        return start(List.of(), redisPort, properties);
    }

    public static TestApplication start(List<Class<?>> more, int redisPort, String... properties) {
        return start(Map.of(), more, redisPort, properties);
    }

    /** @param variables as in the process's environment */
    public static TestApplication start(
            Map<String, Object> variables, List<Class<?>> more, int redisPort, String... properties) {
        List<Class<?>> sources = new ArrayList<>(more);
        sources.add(Functions.class);
        List<String> all = new ArrayList<>(List.of(
                "spring.data.redis.host=127.0.0.1",
                "spring.data.redis.port=" + redisPort,
                "spring.data.redis.connect-timeout=2s",
                "spring.main.banner-mode=off",
                "spring.jmx.enabled=false",
                "spring.cloud.function.definition=events",
                "spring.cloud.stream.bindings.events-in-0.destination=events",
                "spring.cloud.stream.bindings.events-out.destination=events"));
        all.addAll(List.of(properties));
        return new TestApplication(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .properties(all.toArray(String[]::new))
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
                .run());
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Sends and returns the entry's metadata. */
    public RecordMetadata send(Object payload, Map<String, Object> headers) {
        return send("events-out", payload, headers);
    }

    public RecordMetadata send(String binding, Object payload, Map<String, Object> headers) {
        CompletableFuture<RecordMetadata> future = new CompletableFuture<>();
        bean(StreamBridge.class)
                .send(
                        binding,
                        MessageBuilder.withPayload(payload)
                                .copyHeaders(headers)
                                .setHeader(RedisBinderHeaders.RECORD_METADATA_FUTURE, future)
                                .build());
        return future.join();
    }

    public RecordMetadata send(String payload) {
        return send(payload.getBytes(), Map.of());
    }

    public List<Message<byte[]>> received() {
        return bean(Inbox.class).messages;
    }

    public List<String> payloads() {
        return received().stream().map(it -> new String(it.getPayload())).toList();
    }

    public List<StreamContinuityEvent> continuityEvents() {
        return bean(Inbox.class).events;
    }

    public Inbox inbox() {
        return bean(Inbox.class);
    }

    public StreamSubscription subscription() {
        return bean(StreamSubscriptions.class).of("events-in-0").getFirst();
    }

    @Override
    public void close() {
        context.close();
    }

    /** The received messages; a hook may fail or block one. */
    public static final class Inbox {

        public final List<Message<byte[]>> messages = new CopyOnWriteArrayList<>();
        public final List<StreamContinuityEvent> events = new CopyOnWriteArrayList<>();
        public volatile Consumer<Message<byte[]>> hook = message -> {};

        @EventListener
        void on(StreamContinuityEvent event) {
            events.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Functions {

        @Bean
        Inbox inbox() {
            return new Inbox();
        }

        @Bean
        Consumer<Message<byte[]>> events(Inbox inbox) {
            return message -> {
                inbox.hook.accept(message);
                inbox.messages.add(message);
            };
        }
    }
}
