package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.DeadLetterRedrive.Progress;
import dev.realtime.stream.binder.redis.support.Readme;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ConfigurableApplicationContext;

/** Every example of README.md is compiled as it stands there, and runs with a real Redis. */
@ExtendWith(OutputCaptureExtension.class)
class ReadmeTest {

    /** What stands around the examples that are not a whole application. The first attempt at "burnt" fails. */
    private static final String SNIPPETS = """
            import dev.realtime.stream.binder.redis.*;
            import dev.realtime.stream.binder.redis.DeadLetterRedrive.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.*;
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
            import org.springframework.cloud.stream.function.StreamBridge;
            import org.springframework.context.annotation.*;
            import org.springframework.messaging.Message;
            import org.springframework.messaging.support.MessageBuilder;
            import reactor.core.publisher.*;

            @Configuration(proxyBeanMethods = false)
            @EnableAutoConfiguration
            public class Snippets {
                public static final Map<String, String> HANDLED = new ConcurrentHashMap<>();
                static final Set<String> BILLED = ConcurrentHashMap.newKeySet();

                public record Invoice(String order) {}

                public static void main(String[] arguments) {
                    SpringApplication.run(Snippets.class, arguments);
                }
                void handle(String id, byte[] payload) {
                    HANDLED.put(new String(payload), id);
                }
                Mono<Invoice> bill(byte[] payload) {
                    String order = new String(payload);
                    return BILLED.add(order) && order.equals("burnt")
                            ? Mono.error(new IllegalStateException("burnt"))
                            : Mono.just(new Invoice(order));
                }

            %s
            %s

                public static String send(StreamBridge streamBridge, byte[] bytes, String key) {
            %s
                    return entry.stream() + (entry.duplicate() ? " again" : "");
                }
                public static Progress putBack(DeadLetterRedrive redrive) {
            %s
                    return progress;
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void theApplicationRuns(CapturedOutput output) throws Exception {
        String application = Readme.blocks("java").getFirst();
        assertThat(application.lines()).hasSizeLessThanOrEqualTo(22);
        List<String> settings = Readme.blocks("yaml");
        assertThat(settings).hasSize(1);
        Files.writeString(folder.resolve("application.yml"), settings.getFirst());
        run("shop.Shop", application, List.of(location()), (redis, app, shop) -> {
            await().until(() -> output.getOut().contains("received a coffee"));
        });
    }

    @Test
    void theOtherLinesRun() throws Exception {
        List<String> java = Readme.blocks("java");
        // Another example needs a place in SNIPPETS.
        assertThat(java).hasSize(5);
        List<String> settings = List.of(
                "--spring.cloud.function.definition=events;billing",
                "--spring.cloud.stream.bindings.events-in-0.destination=events",
                "--spring.cloud.stream.bindings.orders-out.destination=orders",
                "--spring.cloud.stream.bindings.billing-in-0.destination=orders",
                "--spring.cloud.stream.bindings.billing-in-0.group=billing",
                "--spring.cloud.stream.bindings.billing-out-0.destination=invoices",
                "--spring.cloud.stream.redis.bindings.billing-in-0.consumer.enable-dlq=true");
        String code = SNIPPETS.formatted(java.get(1), java.get(4), java.get(2), java.get(3));
        run("Snippets", code, settings, (redis, app, snippets) -> {
            var send = snippets.getMethod("send", StreamBridge.class, byte[].class, String.class);
            StreamBridge bridge = app.getBean(StreamBridge.class);
            assertThat(send.invoke(null, bridge, "tea".getBytes(), "k")).isEqualTo("orders");
            assertThat(send.invoke(null, bridge, "tea".getBytes(), "k")).isEqualTo("orders again");
            await().until(() -> redis.payloads("invoices").equals(List.of("{\"order\":\"tea\"}")));

            String added = redis.command(addedByAnyLanguage().split(" "));
            Map<?, ?> handled = (Map<?, ?>) snippets.getField("HANDLED").get(null);
            await().untilAsserted(() -> assertThat(added).contains("" + handled.get("{\"id\":17}")));

            send.invoke(null, bridge, "burnt".getBytes(), "other");
            await().until(() -> redis.payloads("orders.billing.dlq").equals(List.of("burnt")));
            var putBack = snippets.getMethod("putBack", DeadLetterRedrive.class);
            Progress progress = (Progress) putBack.invoke(null, app.getBean(DeadLetterRedrive.class));
            assertThat(progress.redriven()).isEqualTo(1);
            assertThat(progress.done()).isTrue();
            await().until(() -> redis.payloads("invoices").contains("{\"order\":\"burnt\"}"));
        });
    }

    private static String addedByAnyLanguage() {
        return Readme.blocks("").stream()
                .filter(block -> block.startsWith("XADD"))
                .findFirst()
                .orElseThrow()
                .trim();
    }

    private String location() {
        return "--spring.config.location=" + folder.resolve("application.yml");
    }

    private interface Check {
        void accept(RedisProcess redis, ConfigurableApplicationContext app, Class<?> compiled) throws Exception;
    }

    private void run(String name, String code, List<String> arguments, Check check) throws Exception {
        Readme.compile(folder, 17, name.substring(name.lastIndexOf('.') + 1), code);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (var redis = RedisProcess.volatileServer();
                var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> compiled = loader.loadClass(name);
            List<String> all = new ArrayList<>(arguments);
            all.add("--spring.data.redis.port=" + redis.port());
            try (ConfigurableApplicationContext app = run(compiled, all.toArray(String[]::new))) {
                check.accept(redis, app, compiled);
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static ConfigurableApplicationContext run(Class<?> application, String... arguments) {
        AtomicReference<ConfigurableApplicationContext> running = new AtomicReference<>();
        SpringApplication.withHook(
                ignored -> new SpringApplicationRunListener() {
                    @Override
                    public void contextLoaded(ConfigurableApplicationContext context) {
                        running.set(context);
                    }
                },
                () -> {
                    try {
                        application.getMethod("main", String[].class).invoke(null, (Object) arguments);
                    } catch (InvocationTargetException failure) {
                        throw new IllegalStateException(failure.getCause());
                    } catch (ReflectiveOperationException failure) {
                        throw new IllegalStateException(failure);
                    }
                });
        return running.get();
    }
}
