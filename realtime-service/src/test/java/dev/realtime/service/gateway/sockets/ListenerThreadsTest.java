package dev.realtime.service.gateway.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.socketio.server.Gate;
import dev.realtime.socketio.server.Namespaces;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Listeners may block: they never run on an event loop, but on virtual threads. Through the real service and a real socket. */
class ListenerThreadsTest {

    private static final String NAMESPACE = "/threads";

    private final BlockingQueue<Thread> connects = new LinkedBlockingQueue<>();
    private final BlockingQueue<Thread> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Thread> disconnects = new LinkedBlockingQueue<>();

    /** Says on which thread each of its methods is called. */
    public final class Recorder {

        @OnConnect
        public void onConnect(SocketIOClient client) {
            connects.add(Thread.currentThread());
        }

        @OnEvent("which")
        public void onEvent(SocketIOClient client, JsonNode data) {
            events.add(Thread.currentThread());
        }

        @OnDisconnect
        public void onDisconnect(SocketIOClient client) {
            disconnects.add(Thread.currentThread());
        }
    }

    @Test
    void listenersRunOnVirtualThreads() throws Exception {
        try (TestRedis redis = TestRedis.started();
                TestService service = TestService.start(redis);
                HttpClient http = HttpClient.newHttpClient()) {
            service.bean(Namespaces.class).open(NAMESPACE, Gate.open(), new Recorder());
            for (boolean orderly : new boolean[] {true, false}) {
                WebSocket socket = http.newWebSocketBuilder()
                        .buildAsync(
                                URI.create(
                                        "ws://127.0.0.1:" + service.port() + "/socket.io/?EIO=4&transport=websocket"),
                                new WebSocket.Listener() {})
                        .join();
                socket.sendText("40" + NAMESPACE + ",", true).join();
                socket.sendText("42" + NAMESPACE + ",[\"which\",1]", true).join();
                assertVirtual(connects);
                assertVirtual(events);
                if (orderly) {
                    socket.sendText("41" + NAMESPACE + ",", true).join();
                } else {
                    socket.abort();
                }
                assertVirtual(disconnects);
                socket.abort();
            }
        }
    }

    private static void assertVirtual(BlockingQueue<Thread> calls) throws InterruptedException {
        Thread thread = calls.poll(20, TimeUnit.SECONDS);
        assertThat(thread).as("a call").isNotNull().isNotInstanceOf(FastThreadLocalThread.class);
        assertThat(thread.isVirtual()).as(thread.toString()).isTrue();
    }
}
