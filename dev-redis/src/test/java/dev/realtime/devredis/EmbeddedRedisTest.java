package dev.realtime.devredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.devredis.EmbeddedRedis.Stopped;
import dev.realtime.launch.DataFolder;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {

    @TempDir
    Path directory;

    private DataFolder folder;

    @BeforeEach
    void openFolder() {
        // A space and a quotation mark, since both have a meaning in Redis' configuration.
        folder = DataFolder.open(directory.resolve("a \"data\" folder"));
    }

    @AfterEach
    void endWhateverRuns() throws IOException {
        RunningRedis running = new RedisProcess(folder).find();
        if (running != null) {
            new RedisProcess(folder).end(running);
        }
    }

    @Test
    void itRunsOnLoopbackOnlyWithAPasswordThatNoCommandLineShows() throws IOException {
        try (var redis = EmbeddedRedis.join(folder, EmbeddedOptions.DEFAULTS)) {
            RunningRedis running = redis.running();
            assertThat(running.adopted()).isFalse();
            assertThat(RedisProbe.ask(running.port(), "wrong", Duration.ofSeconds(2)))
                    .isNull();
            assertThat(running.process().info().commandLine().orElse("")).doesNotContain(running.password());
            assertThat(running.toString()).doesNotContain(running.password());
            assertThat(setting(running, "bind")).isEqualTo("127.0.0.1");
            assertThat(setting(running, "appendonly")).isEqualTo("yes");
            assertThat(setting(running, "maxmemory")).isEqualTo("268435456");
            assertThat(setting(running, "maxmemory-policy")).isEqualTo("noeviction");
            assertThat(setting(running, "appendfsync")).isEqualTo("everysec");
        }
    }

    @Test
    void everythingInTheFolderIsItsOwnersAlone() throws IOException {
        try (var redis = EmbeddedRedis.join(folder, EmbeddedOptions.DEFAULTS)) {
            assertThat(redis.running().pid()).isPositive();
            assertThat(permissions(folder.path())).isEqualTo("rwx------");
            assertThat(permissions(folder.resolve("redis"))).isEqualTo("rwx------");
            assertThat(permissions(folder.resolve("redis/redis.conf"))).isEqualTo("rw-------");
            assertThat(permissions(folder.resolve("redis/redis.log"))).isEqualTo("rw-------");
        }
    }

    @Test
    void theSecondAdoptsItAndTheLastToLeaveEndsIt() throws IOException {
        EmbeddedRedis first = EmbeddedRedis.join(folder, EmbeddedOptions.DEFAULTS);
        EmbeddedRedis second = EmbeddedRedis.join(folder, EmbeddedOptions.DEFAULTS);
        assertThat(second.running().adopted()).isTrue();
        assertThat(second.running().pid()).isEqualTo(first.running().pid());

        first.close();
        first.close();
        assertThat(alive(second.running())).isTrue();

        second.close();
        assertThat(alive(second.running())).isFalse();
    }

    @Test
    void itIsNotStoppedFromOutsideWhileItIsUsed() throws IOException {
        RunningRedis detached = EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS);
        try (var redis = EmbeddedRedis.join(folder, EmbeddedOptions.DEFAULTS)) {
            assertThat(redis.running().pid()).isEqualTo(detached.pid());
            assertThat(EmbeddedRedis.stopDetached(folder)).isEqualTo(Stopped.IN_USE);
        }
        assertThat(EmbeddedRedis.stopDetached(folder)).isEqualTo(Stopped.NOT_RUNNING);
        EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS);
        assertThat(EmbeddedRedis.stopDetached(folder)).isEqualTo(Stopped.ENDED);
    }

    @Test
    void dataSurvivesItsEnd() throws IOException {
        RunningRedis first = EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS);
        with(first, commands -> commands.set("city", "Саратов"));
        EmbeddedRedis.stopDetached(folder);

        RunningRedis second = EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS);
        assertThat(second.pid()).isNotEqualTo(first.pid());
        with(second, commands -> assertThat(commands.get("city")).isEqualTo("Саратов"));
    }

    @Test
    void oneThatDiesIsStartedAgainWhereItsClientsLookForIt() throws IOException {
        try (var redis = EmbeddedRedis.join(folder, EmbeddedOptions.DEFAULTS)) {
            RunningRedis before = redis.running();
            before.process().destroyForcibly();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(redis.running().pid()).isNotEqualTo(before.pid());
                assertThat(alive(redis.running())).isTrue();
            });
            assertThat(redis.running().port()).isEqualTo(before.port());
            assertThat(redis.running().password()).isEqualTo(before.password());
        }
    }

    @Test
    void oneThatHangsIsEnded() throws Exception {
        RunningRedis hanging = EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS);
        new ProcessBuilder("kill", "-STOP", Long.toString(hanging.pid()))
                .start()
                .waitFor();

        RunningRedis fresh = EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS);
        assertThat(fresh.pid()).isNotEqualTo(hanging.pid());
        assertThat(ProcessHandle.of(hanging.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aProcessThatHasGotItsNumberMeanwhileIsLetBe() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.createDirectories(folder.resolve("redis"));
            Files.writeString(folder.resolve("redis/redis.pid"), stranger.pid() + "\n");
            EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS);
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void theRedisOfAnotherFolderIsNotAdoptedThoughThePasswordFits() throws IOException {
        RunningRedis other = EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS);
        DataFolder copy = DataFolder.open(directory.resolve("copy"));
        Files.createDirectories(copy.resolve("redis"));
        Files.copy(folder.resolve("redis/redis.conf"), copy.resolve("redis/redis.conf"));

        RunningRedis own = EmbeddedRedis.startDetached(copy, EmbeddedOptions.DEFAULTS);
        assertThat(own.pid()).isNotEqualTo(other.pid());
        assertThat(own.port()).isNotEqualTo(other.port());
        assertThat(EmbeddedRedis.stopDetached(copy)).isEqualTo(Stopped.ENDED);
        assertThat(alive(other)).isTrue();
    }

    @Test
    void aPortTakenMeanwhileIsLeftToItsOwner() throws IOException {
        RunningRedis first = EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS);
        EmbeddedRedis.stopDetached(folder);
        try (var taken = new ServerSocket()) {
            taken.setReuseAddress(true);
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port()));
            assertThat(EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS)
                            .port())
                    .isNotEqualTo(first.port());
        }
    }

    @Test
    void aConfigurationThatIsNotOursIsWrittenAnew() throws IOException {
        Files.createDirectories(folder.resolve("redis"));
        Files.writeString(folder.resolve("redis/redis.conf"), "port 99999999\nrequirepass x\nloadmodule /tmp/x.so\n");
        assertThat(EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS).password())
                .hasSize(64);
    }

    private static boolean alive(RunningRedis running) {
        return RedisProbe.ask(running.port(), running.password(), Duration.ofSeconds(2)) != null;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String setting(RunningRedis running, String name) {
        var value = new StringBuilder();
        with(running, commands -> value.append(commands.configGet(name).get(name)));
        return value.toString();
    }

    private static void with(RunningRedis running, Consumer<RedisCommands<String, String>> work) {
        RedisURI uri = RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(running.port())
                .withPassword(running.password().toCharArray())
                .build();
        try (RedisClient client = RedisClient.create(uri);
                var connection = client.connect()) {
            work.accept(connection.sync());
        }
    }
}
