package dev.realtime.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;

/** The stock Java client on a gateway that echoes: remembers what it got, and is asked for it in order. */
final class JavaEchoClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> REMEMBERED =
            List.of("message-back", "answered", "error", Socket.EVENT_DISCONNECT, Socket.EVENT_CONNECT_ERROR);

    private final Map<String, BlockingQueue<Object[]>> got = new ConcurrentHashMap<>();
    private final Sockets network;
    private final Socket socket;

    private JavaEchoClient(Socket socket, Sockets network) {
        this.socket = socket;
        this.network = network;
        for (String name : REMEMBERED) {
            BlockingQueue<Object[]> queue = new LinkedBlockingQueue<>();
            got.put(name, queue);
            socket.on(name, queue::add);
        }
        socket.connect();
    }

    /** Opens the main namespace on a connection of its own, which is made anew when it breaks. */
    static JavaEchoClient open(int port, List<String> transports) {
        Sockets network = new Sockets();
        OkHttpClient http = new OkHttpClient.Builder()
                .socketFactory(network)
                .readTimeout(1, TimeUnit.MINUTES)
                .build();
        IO.Options options = IO.Options.builder()
                .setTransports(transports.toArray(String[]::new))
                .setForceNew(true)
                .setReconnectionDelay(20)
                .setReconnectionDelayMax(50)
                .build();
        options.callFactory = http;
        options.webSocketFactory = http;
        JavaEchoClient client = new JavaEchoClient(IO.socket(URI.create("http://127.0.0.1:" + port), options), network);
        client.awaitConnected();
        return client;
    }

    /** Another namespace on the same connection. */
    JavaEchoClient of(String namespace) {
        return new JavaEchoClient(socket.io().socket(namespace), network);
    }

    Socket socket() {
        return socket;
    }

    void awaitConnected() {
        await().atMost(PATIENCE).until(socket::connected);
    }

    /** What a message became on its way there and back. */
    Object[] echo(Object... arguments) throws InterruptedException {
        socket.emit("message", arguments);
        return next("message-back");
    }

    Object[] ask(String event, Object... arguments) throws InterruptedException {
        BlockingQueue<Object[]> answers = new LinkedBlockingQueue<>();
        socket.emit(event, arguments, (Ack) answers::add);
        return next(event, answers);
    }

    /** The next event of that name, in the order they came. */
    Object[] next(String event) throws InterruptedException {
        return next(event, got.get(event));
    }

    List<Object[]> next(String event, int number) throws InterruptedException {
        List<Object[]> events = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            events.add(next(event));
        }
        return events;
    }

    private static Object[] next(String what, BlockingQueue<Object[]> queue) throws InterruptedException {
        Object[] next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as(what).isNotNull();
        return next;
    }

    String disconnected() throws InterruptedException {
        return (String) next(Socket.EVENT_DISCONNECT)[0];
    }

    /** Ends the connection under the client, as a network would. */
    void breakConnection() throws IOException {
        network.breakAll();
    }

    @Override
    public void close() {
        socket.close();
    }

    /** Makes sockets and remembers them. */
    private static final class Sockets extends SocketFactory {

        private final Queue<java.net.Socket> made = new ConcurrentLinkedQueue<>();

        @Override
        public java.net.Socket createSocket() {
            java.net.Socket fresh = new java.net.Socket();
            made.add(fresh);
            return fresh;
        }

        void breakAll() throws IOException {
            for (java.net.Socket socket = made.poll(); socket != null; socket = made.poll()) {
                socket.close();
            }
        }

        @Override
        public java.net.Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public java.net.Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public java.net.Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public java.net.Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
