package dev.realtime.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket that knows nothing of what is said over it. */
final class RawSocket implements AutoCloseable, WebSocket.Listener {

    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    private RawSocket() {}

    static RawSocket open(int port, String target) {
        RawSocket raw = new RawSocket();
        raw.socket = raw.http
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + target), raw)
                .join();
        return raw;
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    /** The next message; "close" and its status when the server has closed. */
    String next() throws InterruptedException {
        String next = texts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("a message").isNotNull();
        return next;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            texts.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        texts.add("close " + status);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
