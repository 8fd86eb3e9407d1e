package dev.realtime.service.gateway.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.frontdoor.FrontDoor;
import dev.realtime.service.launch.StartGate;
import dev.realtime.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;

/** When the port opens, when it closes, and what happens when it cannot be had. */
@ExtendWith(OutputCaptureExtension.class)
class LifecycleTest {

    private record Gate(CompletableFuture<Void> stage) implements StartGate {

        @Override
        public String description() {
            return "the moon";
        }

        @Override
        public CompletionStage<?> opened() {
            return stage;
        }
    }

    @Test
    void aBusyPortStopsTheStartWithOneSentenceAndNoThreadIsLeft(CapturedOutput output) throws IOException {
        long before = socketThreads();
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = busy.getLocalPort();
            assertThatThrownBy(() -> TestDoor.open("realtime.port=" + port))
                    .hasStackTraceContaining("PORT " + port + " is already in use on 127.0.0.1");
            assertThat(output).contains("PORT " + port + " is already in use");
        }
        await().until(() -> socketThreads() <= before);
    }

    private static long socketThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("socket-") && thread.isAlive())
                .count();
    }

    /** The JVM itself ends, with an error, and says why. */
    @Test
    void aBusyPortEndsTheProcess() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProcessBuilder builder = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Main.class.getName(),
                            "--realtime.bind-address=127.0.0.1")
                    .redirectErrorStream(true);
            builder.environment().put("PORT", Integer.toString(busy.getLocalPort()));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isNotZero();
            assertThat(output).contains("PORT " + busy.getLocalPort() + " is already in use");
        }
    }

    /** The application of the other tests as a process of its own. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            SpringApplication.run(TestBackend.class, args);
        }
    }

    @Test
    void thePortOpensAfterTheGates() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<TestDoor> opening = CompletableFuture.supplyAsync(
                () -> TestDoor.openGated(List.of(new Gate(gate)), "realtime.port=" + port),
                task -> Thread.ofPlatform().start(task));
        await().during(500, TimeUnit.MILLISECONDS).until(() -> !opening.isDone());
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
        gate.complete(null);
        try (TestDoor door = opening.get(20, TimeUnit.SECONDS)) {
            assertThat(door.port()).isEqualTo(port);
            assertThat(door.context.getEnvironment().getProperty(FrontDoorServer.LOCAL_PORT, Integer.class))
                    .isEqualTo(port);
        }
    }

    @Test
    void aGateThatStaysShutOrFailsStopsTheStartByName() {
        Gate shut = new Gate(new CompletableFuture<>());
        assertThatThrownBy(() -> TestDoor.openGated(List.of(shut), "realtime.front-door.start-timeout=200ms"))
                .hasStackTraceContaining("the moon could not be read within");
        Gate broken = new Gate(CompletableFuture.failedFuture(new IllegalStateException("no moon")));
        assertThatThrownBy(() -> TestDoor.openGated(List.of(broken)))
                .hasStackTraceContaining("the moon could not be read")
                .hasStackTraceContaining("no moon");
    }

    @Test
    void onStopThePortClosesFirstAndRequestsInFlightEnd() throws Exception {
        TestDoor door = TestDoor.open();
        int port = door.port();
        try (RawClient slow = door.raw();
                RawClient idle = door.raw();
                RawClient poll = door.raw()) {
            assertThat(idle.get("/api/seen/x").status()).isEqualTo(200);
            slow.send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n");
            poll.send("GET /socket.io/poll HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> door.api().requests.get() == 2 && door.gateway.openPolls.get() == 1);
            Thread stopping = Thread.ofPlatform().start(door::close);
            assertThat(idle.closedByServer()).isTrue();
            await().untilAsserted(() -> assertThatThrownBy(
                            () -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class));
            assertThat(stopping.isAlive()).isTrue();
            door.api().slowMayEnd.countDown();
            RawClient.Response response = slow.read();
            assertThat(response.body()).isEqualTo("slow");
            assertThat(response.header("connection")).isEqualTo("close");
            // The gateway that should have ended its polls in its own stop did not: cut off at the very end.
            assertThat(poll.closedByServer()).isTrue();
            stopping.join(20_000);
            assertThat(stopping.isAlive()).isFalse();
        }
    }

    @Test
    void untilTheStopClientsAreToldToLeaveAndNobodyIsCutOff() throws Exception {
        try (TestDoor door = TestDoor.open();
                RawClient before = door.raw()) {
            assertThat(before.get("/api/seen/x").header("connection")).isEmpty();
            door.context.getBean(FrontDoorServer.class).closeAfterAnswers();
            // It was not told, so its next request may be on its way.
            assertThat(before.get("/api/seen/x"))
                    .returns(200, RawClient.Response::status)
                    .returns("close", answer -> answer.header("connection"));
            assertThat(before.closedByServer()).isTrue();
            try (RawClient after = door.raw()) {
                assertThat(after.get("/api/seen/x"))
                        .returns(200, RawClient.Response::status)
                        .returns("close", answer -> answer.header("connection"));
            }
        }
    }

    @Test
    void aRequestThatIsOnItsWayWhenThePortClosesIsAnswered() throws Exception {
        TestDoor door = TestDoor.open();
        int port = door.port();
        try (RawClient halfSent = door.raw();
                RawClient fresh = door.raw();
                RawClient silent = door.raw()) {
            halfSent.send("GET /api/seen/x HTTP/1.1\r\nHo");
            await().until(() ->
                    door.meters().get("realtime.frontdoor.connections").gauge().value() == 3);
            Thread stopping = Thread.ofPlatform().start(door::close);
            await().untilAsserted(() -> assertThatThrownBy(
                            () -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class));
            halfSent.send("st: a\r\n\r\n");
            for (RawClient.Response answer : List.of(halfSent.read(), fresh.get("/api/seen/x"))) {
                assertThat(answer)
                        .returns(200, RawClient.Response::status)
                        .returns("close", response -> response.header("connection"));
            }
            assertThat(silent.closedByServer()).isTrue();
            stopping.join(20_000);
            assertThat(stopping.isAlive()).isFalse();
        }
    }

    /** Each connection that was made is answered, also one that was made in the moment in which the port closed. */
    @RepeatedTest(5)
    void nobodyIsCutOffInTheMomentInWhichThePortCloses() throws Exception {
        TestDoor door = TestDoor.open();
        int port = door.port();
        List<String> failures = new CopyOnWriteArrayList<>();
        AtomicInteger answered = new AtomicInteger();
        List<Thread> callers = IntStream.range(0, 8)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> callUntilRefused(port, answered, failures)))
                .toList();
        await().until(() -> answered.get() > 500);
        door.close();
        for (Thread caller : callers) {
            caller.join(20_000);
            assertThat(caller.isAlive()).isFalse();
        }
        assertThat(failures).isEmpty();
    }

    private static void callUntilRefused(int port, AtomicInteger answered, List<String> failures) {
        while (true) {
            RawClient caller;
            try {
                caller = new RawClient(port);
            } catch (UncheckedIOException refused) {
                return;
            }
            try (caller) {
                int status = caller.send("GET /api/seen/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                        .read()
                        .status();
                if (status != 200) {
                    failures.add("answered " + status);
                }
                answered.incrementAndGet();
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "realtime.port=abc                        | PORT must be a whole number",
                "realtime.port=65536                      | PORT must be a whole number",
                "realtime.port=-1                         | PORT must be a whole number",
                "realtime.trusted-proxies=10.0.0.0/40     | realtime.trusted-proxies",
                "realtime.front-door.head-timeout=0s      | realtime.front-door.head-timeout",
                "realtime.front-door.max-headers=1MB      | realtime.front-door.max-headers",
                "realtime.front-door.backlog=0            | backlog",
                "realtime.bind-address=192.0.2.77         | PORT 0 cannot be opened on 192.0.2.77",
                "realtime.bind-address=no.such.host.invalid | realtime.bind-address must be an address"
            })
    void aWrongSettingStopsTheStartByName(String setting, String message, CapturedOutput output) {
        assertThatThrownBy(() -> TestDoor.open(setting));
        assertThat(output.getAll()).contains("APPLICATION FAILED TO START").contains(message);
    }

    @Test
    void anEmptyPortIsTheDefaultOne() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of("realtime.port", "")))
                        .bindOrCreate("realtime", FrontDoorProperties.class)
                        .portNumber())
                .isEqualTo(5009);
    }

    @Test
    void withoutAWebServerNothingIsOpened() {
        FrontDoorProperties properties = new Binder().bindOrCreate("realtime", FrontDoorProperties.class);
        FrontDoorServer server =
                new FrontDoorServer(properties, FrontDoor.builder(), List.of(), new StandardEnvironment());
        server.start();
        assertThat(server.isRunning()).isFalse();
        server.stop();
        server.destroy();
    }
}
