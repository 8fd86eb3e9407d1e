package dev.realtime.service.gateway.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.TestSocket;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.rest.TestService;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

/** What Redis has of a socket's rooms while they change. */
class RoomChangesTest {

    private static final String ROOM = "order:leaving";

    private final TestService service = TestService.shared();
    private final StringRedisTemplate redis = service.bean(StringRedisTemplate.class);
    private final FanOut fanOut = service.bean(FanOut.class);

    /** The room's stays in the user's session, as they stand in Redis. */
    private String stays(String user) {
        String key = redis.keys("realtime:{sessions:" + user + "}:*").iterator().next();
        return Objects.requireNonNull((String) redis.opsForHash().get(key, "r:" + ROOM));
    }

    private static boolean isOver(String stays) {
        return stays.contains(":");
    }

    @Test
    void aLeaveIsSavedAfterTheSaveThatBeganBeforeIt() throws Exception {
        TestSocket socket = TestSocket.connect(service.port(), TestService.jwt("leaver", "operator"));
        socket.await("42[\"connected\"");
        socket.send("421[\"join-room\",{\"room\":\"" + ROOM + "\"}]");
        socket.await("431[{\"success\":true");
        assertThat(isOver(stays("leaver"))).isFalse();

        // As a save does that has read the rooms and is not submitted yet.
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch submitted = new CountDownLatch(1);
        Thread save = Thread.ofPlatform()
                .start(() -> fanOut.atPosition(at -> {
                    begun.countDown();
                    try {
                        submitted.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return at;
                }));
        begun.await();
        try {
            socket.send("422[\"leave-room\",{\"room\":\"" + ROOM + "\"}]");
            await().during(Duration.ofMillis(500)).until(() -> !isOver(stays("leaver")));
        } finally {
            submitted.countDown();
            save.join();
        }
        socket.await("432[{\"success\":true");
        assertThat(isOver(stays("leaver"))).isTrue();
        socket.close();
    }
}
