package dev.realtime.service.gateway.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.Room;
import dev.realtime.service.TestSocket;
import dev.realtime.service.blocks.BlockList;
import dev.realtime.service.rest.TestService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What others do to a socket, in its turn; and how it is found. */
class SocketsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String REASON = "because";

    private final TestService service = TestService.shared();
    private final Sockets sockets = service.bean(Sockets.class);

    private record Client(TestSocket socket, String id) implements AutoCloseable {

        @Override
        public void close() {
            socket.close();
        }
    }

    private Client join(String user) {
        TestSocket socket = TestSocket.connect(service.port(), TestService.jwt(user, "operator"));
        String connected = socket.await("42[\"connected\"");
        Client client = new Client(
                socket,
                JSON.readTree(connected.substring(2)).get(1).get("socketId").asString());
        // It is told so just before it takes part in the fan-out.
        await().until(() -> isIn(client.id, Room.user(user)));
        return client;
    }

    private static int answer(CompletableFuture<Integer> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private boolean isIn(String id, Room room) {
        return memberIds(room).contains(id);
    }

    private List<String> memberIds(Room room) {
        List<String> ids = new ArrayList<>();
        service.rooms().forEachIn(room, member -> ids.add(member.subscriber().socketId()));
        return ids;
    }

    @Test
    void socketsAreFoundByIdAndByUserUntilTheyEnd() throws Exception {
        Room room = Room.parse("city:Балаково");
        try (Client one = join("finder");
                Client two = join("finder");
                Client other = join("finder-2")) {
            assertThat(sockets.ofUser("finder")).hasSize(2);
            assertThat(sockets.ofUser("nobody")).isEmpty();
            assertThat(answer(sockets.join(one.id, room))).isOne();
            assertThat(isIn(one.id, room)).isTrue();
            assertThat(answer(sockets.leave(one.id, room))).isOne();
            assertThat(isIn(one.id, room)).isFalse();
            for (String unknown : List.of("", "nobody", "00000000-0000-0000-0000-000000000000")) {
                assertThat(answer(sockets.join(unknown, room))).isZero();
                assertThat(answer(sockets.close(unknown, CloseCode.CLOSED_BY_ADMIN, REASON)))
                        .isZero();
            }

            assertThat(answer(sockets.close(one.id, CloseCode.CLOSED_BY_ADMIN, REASON)))
                    .isOne();
            // Once it is answered, it is so.
            assertThat(sockets.ofUser("finder")).hasSize(1);
            assertThat(answer(sockets.join(one.id, room))).isZero();
            one.socket.await("42[\"error\",{\"code\":\"closed_by_admin\"");

            two.socket.close();
            await().until(() -> sockets.ofUser("finder").isEmpty());
            assertThat(sockets.ofUser("finder-2"))
                    .singleElement()
                    .matches(socket -> socket.socketId().equals(other.id));
        }
    }

    @Test
    void allOfAUsersSocketsAreClosedAndCounted() throws Exception {
        try (Client one = join("leaver");
                Client two = join("leaver")) {
            assertThat(answer(sockets.closeUser("leaver", CloseCode.CLOSED_BY_ADMIN, REASON)))
                    .isEqualTo(2);
            assertThat(sockets.ofUser("leaver")).isEmpty();
            assertThat(answer(sockets.closeUser("leaver", CloseCode.CLOSED_BY_ADMIN, REASON)))
                    .isZero();
            for (Client each : List.of(one, two)) {
                each.socket.await("42[\"error\",{\"code\":\"closed_by_admin\",\"message\":\"because\"");
            }
        }
    }

    @Test
    void whatABlockHasClosedIsCountedOnceAlsoWhenTheInstanceHadLookedBeforeItWasTold() {
        BlockList blocks = service.bean(BlockList.class);
        BlockedUsers blocked = service.bean(BlockedUsers.class);
        try (Client one = join("blocked-early");
                Client two = join("blocked-early")) {
            assertThat(blocks.enter("blocked-early", Duration.ofMinutes(10))).isPresent();
            blocks.refresh();
            for (Client each : List.of(one, two)) {
                each.socket.await("42[\"error\",{\"code\":\"user_blocked\"");
            }
            assertThat(blocked.closeNow("blocked-early")).isEqualTo(2);
            assertThat(blocked.closeNow("blocked-early")).isZero();
        } finally {
            blocks.remove("blocked-early");
        }
    }

    @Test
    void anAdministratorsJoinWaitsForTheSocketsTurn() throws Exception {
        Room room = Room.parse("city:Маркс");
        try (Client client = join("busy")) {
            CountDownLatch busy = new CountDownLatch(1);
            sockets.ofUser("busy").getFirst().inTurn(() -> {
                try {
                    busy.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            CompletableFuture<Integer> joined = sockets.join(client.id, room);
            CompletableFuture<Integer> left = sockets.leave(client.id, room);
            CompletableFuture<Integer> joinedAgain = sockets.join(client.id, room);
            CompletableFuture<Integer> closed = sockets.close(client.id, CloseCode.CLOSED_BY_ADMIN, REASON);
            CompletableFuture<Integer> tooLate = sockets.join(client.id, room);
            // Nobody else has to wait for a socket that is busy.
            try (Client other = join("idle")) {
                assertThat(answer(sockets.join(other.id, room))).isOne();
            }
            assertThat(joined).isNotDone();
            assertThat(isIn(client.id, room)).isFalse();
            busy.countDown();
            assertThat(List.of(answer(joined), answer(left), answer(joinedAgain), answer(closed), answer(tooLate)))
                    .containsExactly(1, 1, 1, 1, 0);
            assertThat(isIn(client.id, room)).isFalse();
        }
    }
}
