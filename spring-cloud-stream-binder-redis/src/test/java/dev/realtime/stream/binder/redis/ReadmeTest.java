package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ConfigurableApplicationContext;

/** The first lines of README.md are compiled as they stand there, and run with a real Redis. */
@ExtendWith(OutputCaptureExtension.class)
class ReadmeTest {

    private static final String SNIPPETS = """
            import dev.realtime.stream.binder.redis.*;
            import java.util.concurrent.CompletableFuture;
            import java.util.function.Consumer;
            import org.springframework.cloud.stream.function.StreamBridge;
            import org.springframework.context.annotation.Bean;
            import org.springframework.messaging.Message;
            import org.springframework.messaging.support.MessageBuilder;

            public class Snippets {
                void handle(String id, byte[] payload) {}

            %s

                public static String send(StreamBridge streamBridge, byte[] bytes, String key) {
            %s
                    return entry.stream() + (entry.duplicate() ? " again" : "");
                }
            }
            """;

    @Test
    void theLinesRun(@TempDir Path folder, CapturedOutput output) throws Exception {
        List<String> java = blocks("java");
        assertThat(java).hasSizeGreaterThanOrEqualTo(3);
        assertThat(java.getFirst().lines()).hasSizeLessThanOrEqualTo(22);
        compile(folder, "Shop", java.get(0));
        compile(folder, "Snippets", SNIPPETS.formatted(java.get(1), java.get(2)));
        Files.writeString(folder.resolve("application.yml"), blocks("yaml").getFirst());

        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (var redis = RedisProcess.volatileServer();
                var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            try (ConfigurableApplicationContext app = run(
                    loader.loadClass("shop.Shop"),
                    "--spring.data.redis.port=" + redis.port(),
                    "--spring.config.location=" + folder.resolve("application.yml"))) {
                await().until(() -> output.getOut().contains("received a coffee"));
                var send =
                        loader.loadClass("Snippets").getMethod("send", StreamBridge.class, byte[].class, String.class);
                StreamBridge bridge = app.getBean(StreamBridge.class);
                assertThat(send.invoke(null, bridge, "m".getBytes(), "k")).isEqualTo("orders");
                assertThat(send.invoke(null, bridge, "m".getBytes(), "k")).isEqualTo("orders again");
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

    private static void compile(Path folder, String name, String code) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".java"), code);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-parameters",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(failed).isZero();
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
