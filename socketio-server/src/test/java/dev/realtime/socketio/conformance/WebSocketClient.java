package dev.realtime.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket and what came over it, message by message: text, bytes, or the end. */
final class WebSocketClient implements AutoCloseable {

    private static final String END = "the end of the connection";
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private volatile int closeStatus;

    private WebSocketClient(Gateway gateway, String query) {
        socket = gateway.http()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + gateway.path() + "?" + query), listener())
                .join();
    }

    static WebSocketClient connect(Gateway gateway, String query) {
        return new WebSocketClient(gateway, query);
    }

    /** Opens a session of its own, and reads its OPEN packet. */
    static WebSocketClient open(Gateway gateway, int revision) throws Exception {
        WebSocketClient client = connect(gateway, "EIO=" + revision + "&transport=websocket");
        assertThat(client.text()).startsWith("0{");
        return client;
    }

    /** The status of a handshake that is refused. */
    static int refusal(Gateway gateway, String query) {
        try (WebSocketClient ignored = connect(gateway, query)) {
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void send(int... bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes(bytes)), true).join();
    }

    /** Sends one message in several frames. */
    void sendInPieces(String... pieces) {
        for (int i = 0; i < pieces.length; i++) {
            socket.sendText(pieces[i], i == pieces.length - 1).join();
        }
    }

    /** Sends the first frame of a message that has more. */
    void sendBeginning(String piece) {
        socket.sendText(piece, false).join();
    }

    void sendClose() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** The next message, which is text. */
    String text() throws InterruptedException {
        Object next = next();
        assertThat(next).isInstanceOf(String.class).isNotSameAs(END);
        return (String) next;
    }

    /** The next message, which is binary. */
    byte[] binary() throws InterruptedException {
        Object next = next();
        assertThat(next).isInstanceOf(byte[].class);
        return (byte[]) next;
    }

    /** Nothing comes any more but the end. */
    void assertClosed() throws InterruptedException {
        assertThat(next()).isSameAs(END);
    }

    /** Every namespace is told what is wrong, and then nothing comes any more but the end, as a policy's (RFC 6455, 7.4.1). */
    void assertSentAway() throws InterruptedException {
        Object next = next();
        do {
            assertThat(next).asString().startsWith("42").contains("[\"error\",{\"code\":\"protocol_error\"");
            next = next();
        } while (next != END);
        assertThat(closeStatus).isEqualTo(1008);
    }

    private Object next() throws InterruptedException {
        Object next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("what should have come").isNotNull();
        return next;
    }

    @Override
    public void close() {
        socket.abort();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private WebSocket.Listener listener() {
        return new WebSocket.Listener() {

            private final StringBuilder text = new StringBuilder();
            private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

            @Override
            public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                text.append(data);
                if (last) {
                    received.add(text.toString());
                    text.setLength(0);
                }
                webSocket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
                byte[] bytes = new byte[data.remaining()];
                data.get(bytes);
                binary.writeBytes(bytes);
                if (last) {
                    received.add(binary.toByteArray());
                    binary.reset();
                }
                webSocket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
                closeStatus = statusCode;
                received.add(END);
                return null;
            }

            @Override
            public void onError(WebSocket webSocket, Throwable error) {
                received.add(END);
            }
        };
    }
}
