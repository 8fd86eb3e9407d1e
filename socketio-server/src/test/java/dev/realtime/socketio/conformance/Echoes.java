package dev.realtime.socketio.conformance;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.SessionListener;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.server.Acknowledgement;
import dev.realtime.socketio.server.ClosePolicy;
import dev.realtime.socketio.server.Farewell;
import dev.realtime.socketio.server.Gate;
import dev.realtime.socketio.server.GateDecision;
import dev.realtime.socketio.server.NamespaceSocket;
import dev.realtime.socketio.server.Namespaces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What the protocol authors' suites expect of the server that they test, and what our own tests ask for besides, such as
 * the namespace {@code /closed} that lets nobody in.
 */
public final class Echoes {

    /** The namespaces that clients get into. */
    public static final List<String> OPEN = List.of("/", "/custom");

    private Echoes() {}

    /** Opens the namespaces of the Socket.IO suite, and one that nobody gets into. */
    public static void open(Namespaces namespaces) {
        for (String name : OPEN) {
            namespaces.open(name, new TellingGate(), new Greeting());
            namespaces.listen(name, "message", Echoes::messageBack);
            namespaces.listen(name, "message-with-ack", Echoes::acknowledge);
            namespaces.listen(name, "ask-me", Echoes::ask);
            namespaces.listen(name, "disconnect-me", (client, _, _) -> client.disconnect());
        }
        namespaces.open("/closed", new ClosedGate());
    }

    /** Sends every message of an Engine.IO session back. */
    public static SessionListener echo(EngineSession session) {
        session.standing().identify("echo");
        return new EchoListener(session);
    }

    /** Tells each socket why the server closes it. */
    public static ClosePolicy tellingWhy() {
        return cause -> new Told(
                List.of("error", Map.of("code", cause.name().toLowerCase(Locale.ROOT))),
                ClosePolicy.silent().farewell(cause));
    }

    private record Told(List<Object> event, Farewell silent) implements Farewell {

        @Override
        public boolean mayReturn() {
            return silent.mayReturn();
        }

        @Override
        public EndReason reason() {
            return silent.reason();
        }
    }

    private static void messageBack(SocketIOClient client, MultiTypeArgs args, AckRequest ack) {
        client.sendEvent("message-back", args.getArgs().toArray());
    }

    private static void acknowledge(SocketIOClient client, MultiTypeArgs args, AckRequest ack) {
        ack.sendAckData(new ArrayList<>(args.getArgs()));
    }

    /** Asks the client, and tells it what it answered. */
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
