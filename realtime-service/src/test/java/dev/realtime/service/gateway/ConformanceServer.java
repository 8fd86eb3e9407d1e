package dev.realtime.service.gateway;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
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
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.SessionListener;
import dev.realtime.socketio.engine.session.SessionOpener;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.server.Acknowledgement;
import dev.realtime.socketio.server.ClosePolicy;
import dev.realtime.socketio.server.Gate;
import dev.realtime.socketio.server.GateDecision;
import dev.realtime.socketio.server.NamespaceSocket;
import dev.realtime.socketio.server.Namespaces;
import dev.realtime.socketio.server.SocketIo;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import tools.jackson.databind.JsonNode;

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
            return session -> {
                session.standing().identify("echo");
                return new EchoListener(session);
            };
        }
    }

    private record EchoListener(EngineSession session) implements SessionListener {

        @Override
        public void onText(byte[] utf8) {
            session.send(EncodedPacket.text("4" + new String(utf8, StandardCharsets.UTF_8)));
        }

        @Override
        public void onBinary(byte[] bytes) {
            session.send(EncodedPacket.binary(bytes));
        }

        @Override
        public void onOverflow() {
            session.end(EndReason.SERVER_CLOSE);
        }

        @Override
        public void onFlood() {
            session.end(EndReason.SERVER_CLOSE);
        }

        @Override
        public void onTooMuchData() {
            session.end(EndReason.SERVER_CLOSE);
        }

        @Override
        public void onEnd(EndReason reason) {}
    }

    /** The two namespaces of the Socket.IO suite. */
    static class Sockets {

        @Bean
        Namespaces namespaces(Executor socketExecutor) {
            Namespaces namespaces = new Namespaces(socketExecutor);
            for (String name : List.of("/", "/custom")) {
                namespaces.open(name, new TellingGate(), new Greeting());
                namespaces.listen(name, "message", ConformanceServer::messageBack);
                namespaces.listen(name, "message-with-ack", ConformanceServer::acknowledge);
                namespaces.listen(name, "ask-me", ConformanceServer::ask);
                namespaces.listen(name, "disconnect-me", (client, _, _) -> client.disconnect());
                namespaces.listen(name, "close-me", (client, args, _) -> close(client, args));
            }
            return namespaces.open("/closed", new ClosedGate());
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

    private static void messageBack(SocketIOClient client, MultiTypeArgs args, AckRequest ack) {
        client.sendEvent("message-back", args.getArgs().toArray());
    }

    private static void acknowledge(SocketIOClient client, MultiTypeArgs args, AckRequest ack) {
        ack.sendAckData(new ArrayList<>(args.getArgs()));
    }

    /** Asks the client and tells it what it answered. */
    private static void ask(SocketIOClient client, MultiTypeArgs args, AckRequest ack) {
        client.sendEvent(
                "question",
                new AckCallback<>(JsonNode.class) {
                    @Override
                    public void onSuccess(JsonNode answer) {
                        client.sendEvent("answered", answer);
                    }
                },
                args.getArgs().toArray());
    }

    private static void close(SocketIOClient client, MultiTypeArgs args) {
        String code = String.valueOf(args.<Object>first());
        NamespaceSocket.of(client)
                .close(CloseNotice.of(CloseCode.valueOf(code.replace("\"", "").toUpperCase(Locale.ROOT))));
    }

    /** Keeps what was said at the gate, for the greeting. */
    private static final class TellingGate implements Gate {

        @Override
        public GateDecision onConnect(NamespaceSocket socket, JsonNode auth) {
            socket.attach(auth == null ? Map.of() : auth);
            return new GateDecision.Admitted();
        }

        @Override
        public void onWaitingEvent(
                NamespaceSocket socket, String event, List<JsonNode> arguments, Acknowledgement acknowledgement) {}
    }

    private static final class ClosedGate implements Gate {

        @Override
        public GateDecision onConnect(NamespaceSocket socket, JsonNode auth) {
            return new GateDecision.Refused("Not authorized", Map.of("code", 7));
        }

        @Override
        public void onWaitingEvent(
                NamespaceSocket socket, String event, List<JsonNode> arguments, Acknowledgement acknowledgement) {}
    }

    /** Says what was said at the gate. */
    public static final class Greeting {

        @OnConnect
        public void onConnect(SocketIOClient client) {
            client.sendEvent("auth", NamespaceSocket.of(client).attachment());
        }
    }
}
