package dev.realtime.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Socket.IO client in its barest form: a WebSocket that has sent its CONNECT, and the packets it received. */
public final class TestSocket implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private volatile boolean ended;

    private TestSocket(int port, String query) {
        this.socket = http.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket" + query),
                        new Receiver())
                .join();
    }

    /** Connects to the main namespace with a token. */
    public static TestSocket connect(int port, String token) {
        TestSocket socket = new TestSocket(port, "");
        socket.send("40{\"token\":\"" + token + "\"}");
        return socket;
    }

    /** Upgrades a session that polls, through whichever instance has that port, and connects to the main namespace. */
    public static TestSocket upgrade(int port, String sid, String token) {
        TestSocket socket = new TestSocket(port, "&sid=" + sid);
        socket.send("2probe");
        socket.await("3probe");
        socket.send("5");
        socket.send("40{\"token\":\"" + token + "\"}");
        return socket;
    }

    /** Whether the other side has ended it. */
    public boolean isClosed() {
        return socket.isInputClosed() || ended;
    }

    public void send(String packet) {
        socket.sendText(packet, true).join();
    }

    /** Waits for a packet that begins so, and throws away those before it. */
    public String await(String beginning) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (true) {
                String packet = packets.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (packet == null) {
                    throw new AssertionError("No packet came that begins with " + beginning);
                }
                if (packet.startsWith(beginning)) {
                    return packet;
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private final class Receiver implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            ended = true;
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                packets.add(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }
}
