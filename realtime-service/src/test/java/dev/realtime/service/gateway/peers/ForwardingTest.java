package dev.realtime.service.gateway.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Two instances on one Redis: what is sent to the wrong one is served by the right one. */
class ForwardingTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";

    @Test
    void pollsAndUpgradesReachTheSessionsInstanceAndADeadOneMeansStartAnew() throws Exception {
        try (TestRedis redis = TestRedis.started();
                TestService other = TestService.start(redis)) {
            String sid;
            // Its session has no identity, and a busy machine may take longer than the usual admission timeout.
            try (TestService home = TestService.start(redis, "realtime.socket.admission-timeout=60s")) {
                awaitRegistered(home);
                sid = sid(home.get(POLLING));
                assertThat(other.get(POLLING + "&sid=" + sid, "X-Realtime-Forward", "1 mac http 192.0.2.1 h")
                                .text())
                        .as("what claims to be forwarded is not forwarded")
                        .isEqualTo(UNKNOWN);

                CompletableFuture<String> pong = new CompletableFuture<>();
                WebSocket socket = HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(
                                URI.create("ws://127.0.0.1:" + other.port()
                                        + "/socket.io/?EIO=4&transport=websocket&sid=" + sid),
                                new WebSocket.Listener() {
                                    @Override
                                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                                        pong.complete(text.toString());
                                        return WebSocket.Listener.super.onText(from, text, last);
                                    }
                                })
                        .get(10, TimeUnit.SECONDS);
                socket.sendText("2probe", true).get(10, TimeUnit.SECONDS);
                assertThat(pong.get(10, TimeUnit.SECONDS)).isEqualTo("3probe");
                // A poll that the probe has ended is the session's own answer.
                assertThat(other.get(POLLING + "&sid=" + sid).status()).isEqualTo(200);
                socket.abort();
            }
            Answer dead = other.get(POLLING + "&sid=" + sid);
            assertThat(dead.status()).isEqualTo(400);
            assertThat(dead.text()).isEqualTo(UNKNOWN);
            assertThat(other.get(POLLING + "&sid=AAAAAAAA.never").text()).isEqualTo(UNKNOWN);
        }
    }

    @Test
    void aWrongAddressIsRefusedByName() {
        assertThat(new PeerProperties(" ").advertisedAddress()).isNull();
        assertThat(new PeerProperties("[::1]:5009").advertisedAddress()).isEqualTo("[::1]:5009");
        for (String wrong : new String[] {"http://host", "host:0", "host:70000", "a b", "host:", "::1"}) {
            assertThatThrownBy(() -> new PeerProperties(wrong))
                    .as(wrong)
                    .hasMessageContaining("realtime.advertised-address");
        }
    }

    /** An instance whose port the system chose tells it only after it has opened. */
    private static void awaitRegistered(TestService instance) {
        await().until(() -> String.valueOf(instance.bean(StringRedisTemplate.class)
                        .opsForHash()
                        .get(
                                "realtime:{instances}",
                                instance.bean(InstanceName.class).value()))
                .contains("\"address\":\"127.0.0.1:" + instance.port()));
    }

    private static String sid(Answer opened) {
        assertThat(opened.status()).isEqualTo(200);
        return opened.text().replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
    }
}
