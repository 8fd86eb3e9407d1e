package dev.realtime.stream.binder.redis.hub;

import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.StreamContinuityEvent;
import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.properties.RedisBinderConfigurationProperties;
import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.support.RedisTestBinder;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.springframework.cloud.stream.binder.Binding;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.MessageChannel;

/** Anonymous consumers of streams named s0, s1, …, each with what it was told, in order. */
final class BoundStreams implements AutoCloseable {

    /** For a busy machine: each stream has to be quiet for a while before it shares a connection. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisTestBinder binder;
    private final RedisClient client;
    private final RedisCommands<String, String> redis;
    private final Map<String, List<String>> told = new ConcurrentHashMap<>();
    private final List<Binding<MessageChannel>> bindings = new ArrayList<>();
    /** Called with stream and payload before these are noted. */
    volatile BiConsumer<String, String> hook = (stream, payload) -> {};

    /** @param direct port of the server itself, to write and look */
    BoundStreams(int direct, int port, Consumer<RedisBinderConfigurationProperties> configure) {
        RedisBinderConfigurationProperties properties = new RedisBinderConfigurationProperties();
        properties.setBlockTimeout(Duration.ofMillis(500));
        configure.accept(properties);
        binder = new RedisTestBinder(port, properties);
        binder.context().addApplicationListener((ApplicationListener<StreamContinuityEvent>)
                event -> told(event.stream()).add(event.getClass().getSimpleName()));
        client = RedisClient.create(RedisURI.create("127.0.0.1", direct));
        redis = client.connect().sync();
    }

    BoundStreams(int port) {
        this(port, port, properties -> {});
    }

    static String name(int number) {
        return "s" + number;
    }

    static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(BoundStreams::name).toList();
    }

    BoundStreams bind(int count) {
        names(count).forEach(this::bind);
        return this;
    }

    Binding<MessageChannel> bind(String stream) {
        DirectChannel channel = new DirectChannel();
        channel.subscribe(message -> {
            String payload = new String((byte[]) message.getPayload());
            hook.accept(stream, payload);
            told(stream).add(payload);
        });
        ExtendedConsumerProperties<RedisConsumerProperties> properties =
                new ExtendedConsumerProperties<>(new RedisConsumerProperties());
        properties.setMaxAttempts(1);
        try {
            Binding<MessageChannel> binding = binder.getBinder().bindConsumer(stream, null, channel, properties);
            bindings.add(binding);
            return binding;
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    RedisCommands<String, String> redis() {
        return redis;
    }

    String add(String stream, String payload) {
        return redis.xadd(stream, Map.of("payload", payload));
    }

    String add(String stream, String id, String payload) {
        return redis.xadd(stream, new XAddArgs().id(id), Map.of("payload", payload));
    }

    /** Payloads, and the names of the classes of events. */
    List<String> told(String stream) {
        return told.computeIfAbsent(stream, unknown -> new CopyOnWriteArrayList<>());
    }

    StreamSubscription subscription(String stream) {
        return binder.getBinder().getSubscriptions().all().stream()
                .filter(it -> it.stream().equals(stream))
                .findFirst()
                .orElseThrow();
    }

    List<StreamSubscription> subscriptions() {
        return binder.getBinder().getSubscriptions().all();
    }

    /** Number of connections that are in XREAD. */
    long reading() {
        return redis.clientList()
                .lines()
                .filter(line -> line.contains(" cmd=xread "))
                .count();
    }

    /** Waits until the streams are read over so many connections. */
    BoundStreams share(int connections) {
        await().atMost(PATIENCE).until(() -> reading() == connections);
        return this;
    }

    @Override
    public void close() {
        hook = (stream, payload) -> {};
        bindings.forEach(Binding::unbind);
        client.shutdown(Duration.ZERO, Duration.ZERO);
        binder.cleanup();
    }
}
