package dev.realtime.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.frontdoor.PortUnavailableException.Reason;
import dev.realtime.testkit.LeakWatch;
import dev.realtime.testkit.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How it opens and how it ends, phase by phase. */
class FrontDoorTest {

    @RegisterExtension
    static final LeakWatch LEAKS = new LeakWatch();

    private final TestGateway endpoint = new TestGateway();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    private FakeBackend backend() throws IOException {
        return new FakeBackend((_, c) -> {
            for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                if (head.contains("/slow")) {
                    waiting.countDown();
                    mayAnswer.await();
                }
                c.ok("ok");
            }
        });
    }

    private FrontDoor open(FakeBackend backend) {
        return FrontDoor.builder()
                .bindAddress("127.0.0.1")
                .backend(backend.address())
                .endpoint(endpoint)
                .open();
    }

    @Test
    void theStopWaitsForRequestsAndLeavesPollsToTheClose() throws Exception {
        try (FakeBackend backend = backend();
                FrontDoor door = open(backend);
                RawClient slow = new RawClient(door.port());
                RawClient poll = new RawClient(door.port());
                RawClient idle = new RawClient(door.port())) {
            assertThat(idle.get("/x").status()).isEqualTo(200);
            slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
            poll.send("GET /socket.io/poll HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> waiting.getCount() == 0 && endpoint.openPolls.get() == 1);

            CountDownLatch done = new CountDownLatch(1);
            door.stop(done::countDown);
            assertThat(idle.closedByServer()).isTrue();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), door.port()).close())
                    .isInstanceOf(ConnectException.class);
            assertThat(done.getCount()).isEqualTo(1);
            mayAnswer.countDown();
            RawClient.Response answer = slow.read();
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.header("connection")).isEqualTo("close");
            done.await();
            assertThat(endpoint.openPolls.get()).isEqualTo(1);

            door.close();
            assertThat(poll.closedByServer()).isTrue();
        }
    }

    @Test
    void untilTheStopEveryAnswerIsTheLastAndEverybodyIsServed() throws IOException {
        try (FakeBackend backend = backend();
                FrontDoor door = open(backend);
                RawClient before = new RawClient(door.port())) {
            assertThat(before.get("/x").header("connection")).isEmpty();
            door.closeAfterAnswers();
            assertThat(before.get("/x").header("connection")).isEqualTo("close");
            try (RawClient after = new RawClient(door.port())) {
                assertThat(after.get("/x").header("connection")).isEqualTo("close");
            }
        }
    }

    @Test
    void aPortThatCannotBeHadIsSaidWithItsReason() throws IOException {
        long before = threads();
        try (FakeBackend backend = backend();
                ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FrontDoorBuilder builder = FrontDoor.builder().backend(backend.address());
            assertRefused(builder.bindAddress("127.0.0.1").port(busy.getLocalPort()), Reason.IN_USE);
            assertRefused(builder.bindAddress("no.such.host.invalid").port(0), Reason.UNKNOWN_ADDRESS);
            assertRefused(builder.bindAddress("192.0.2.77"), Reason.OTHER);
        }
        await().until(() -> threads() <= before);
    }

    private static void assertRefused(FrontDoorBuilder builder, Reason reason) {
        assertThatThrownBy(builder::open)
                .isInstanceOfSatisfying(
                        PortUnavailableException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    /** Those that serve sockets: a failed start leaves none behind. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("socket-") && thread.isAlive())
                .count();
    }

    @Test
    void withoutABackEndThereIsNoFrontDoor() {
        assertThatIllegalStateException().isThrownBy(() -> FrontDoor.builder().open());
    }
}
