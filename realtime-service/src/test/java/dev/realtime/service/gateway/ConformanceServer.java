package dev.realtime.service.gateway;

import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import dev.realtime.contracts.CloseCode;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cors.CorsProperties;
import dev.realtime.service.cors.OriginPolicy;
import dev.realtime.service.gateway.budget.BudgetProperties;
import dev.realtime.service.gateway.budget.ByteBudgets;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.limits.LimitProperties;
import dev.realtime.service.gateway.server.CloseNotice;
import dev.realtime.service.gateway.server.EngineProperties;
import dev.realtime.service.gateway.server.HandshakeProperties;
import dev.realtime.service.gateway.server.SocketProperties;
import dev.realtime.socketio.conformance.Echoes;
import dev.realtime.socketio.engine.session.SessionOpener;
import dev.realtime.socketio.server.ClosePolicy;
import dev.realtime.socketio.server.NamespaceSocket;
import dev.realtime.socketio.server.Namespaces;
import dev.realtime.socketio.server.SocketIo;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * The bare gateway with the behaviour that the protocol authors' own test suites expect: port 3000, pings each 300 ms, and
 * either an Engine.IO echo at {@code /engine.io/} ({@code --engine}) or the Socket.IO namespaces {@code /} and
 * {@code /custom}. The clients' tests and our own conformance tests use it too, and ask it for what those suites do not
 * need, such as the namespace {@code /closed} that lets nobody in.
 *
 * <p>Its classes bear no {@code @Configuration}: the application's own component scan would find them in tests.
 */
public final class ConformanceServer {

    private static final List<String> COMMON = List.of(
            "--realtime.port=3000",
            "--realtime.bind-address=127.0.0.1",
            "--realtime.engine.ping-interval=300ms",
            "--realtime.engine.ping-timeout=200ms",
            "--realtime.engine.max-payload=1000000",
            "--realtime.socket.admission-timeout=1s",
            "--realtime.limits.byte-burst=1GB",
            "--realtime.socket.max-json=2MB",
            "--realtime.socket.max-values=1000000",
            "--spring.main.banner-mode=off",
            "--spring.cloud.function.definition=");

    private ConformanceServer() {}

    public static void main(String[] args) {
        start(args);
    }

    /** Starts it in this JVM. */
    public static ConfigurableApplicationContext start(String... args) {
        boolean engineOnly = Arrays.asList(args).contains("--engine");
        SpringApplication application = new SpringApplication(Shared.class, engineOnly ? Echo.class : Sockets.class);
        List<String> arguments = new ArrayList<>(List.of(args));
        // As arguments: those win over the application's own configuration file.
        Stream.concat(
                        COMMON.stream(),
                        Stream.of("--realtime.engine.path=" + (engineOnly ? "/engine.io" : "/socket.io")))
                .filter(common -> arguments.stream().noneMatch(given -> sameProperty(given, common)))
                .toList()
                .forEach(arguments::add);
        return application.run(arguments.toArray(String[]::new));
    }

    private static boolean sameProperty(String one, String other) {
        return one.split("=", 2)[0].equals(other.split("=", 2)[0]);
    }

    @EnableAutoConfiguration
    @ComponentScan({"dev.realtime.service.gateway.frontdoor", "dev.realtime.service.gateway.server"})
    @EnableConfigurationProperties({
        EngineProperties.class,
        HandshakeProperties.class,
        SocketProperties.class,
        LimitProperties.class,
        BudgetProperties.class,
        CorsProperties.class
    })
    @Import({OriginPolicy.class, ClientLimits.class, ByteBudgets.class, AbuseMetrics.class})
    static class Shared {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        InstanceName instanceName() {
            return InstanceName.random();
        }

        @Bean
        Executor socketExecutor() {
            return Executors.newVirtualThreadPerTaskExecutor();
        }
    }

    /** Every message comes back as it is. */
    static class Echo {

        @Bean
        SessionOpener opener() {
            return Echoes::echo;
        }
    }

    /** The namespaces of the Socket.IO suite, where a client may ask to be closed with one of our codes. */
    static class Sockets {

        @Bean
        Namespaces namespaces(Executor socketExecutor) {
            Namespaces namespaces = new Namespaces(socketExecutor);
            Echoes.open(namespaces);
            for (String name : Echoes.OPEN) {
                namespaces.listen(name, "close-me", (client, args, _) -> close(client, args));
            }
            return namespaces;
        }

        @Bean
        SessionOpener opener(
                Namespaces namespaces,
                Executor socketExecutor,
                SocketProperties properties,
                EngineProperties engine,
                ClosePolicy closes) {
            return new SocketIo(namespaces, properties.settings(), engine.settings(), socketExecutor, closes);
        }
    }

    private static void close(SocketIOClient client, MultiTypeArgs args) {
        String code = String.valueOf(args.<Object>first());
        NamespaceSocket.of(client)
                .close(CloseNotice.of(CloseCode.valueOf(code.replace("\"", "").toUpperCase(Locale.ROOT))));
    }
}
