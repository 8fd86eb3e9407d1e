package dev.realtime.devredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.launch.DataFolder;
import dev.realtime.launch.StartupRefusedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisProgramTest {

    @TempDir
    Path directory;

    @Test
    void theConfiguredOneComesFirst() throws IOException {
        Path configured = program("configured", "Redis server v=7.0.0 sha=00000000:0 malloc=libc bits=64 build=0");
        Path own = program("own", "Redis server v=8.2.1 sha=00000000:0 malloc=libc bits=64 build=0");
        assertThat(RedisProgram.choose(configured.toString(), searchPath(own), directory))
                .isEqualTo(configured);
    }

    @Test
    void aConfiguredOneThatIsNoneOrTooOldIsRefusedByName() throws IOException {
        Path old = program("old", "Redis server v=6.2.19 sha=00000000:0 malloc=libc bits=64 build=0");
        assertRefused(old.toString(), "is version 6.2.19");
        assertRefused(program("other", "some other program").toString(), "does not answer to --version as one");
        assertRefused(directory.resolve("nowhere").toString(), "does not answer to --version as one");
    }

    @Test
    void thisMachinesOwnComesBeforeTheJarsWhereItIsNewEnough() throws IOException {
        Path old = program("old", "Redis server v=7.0.14 sha=00000000:0 malloc=libc bits=64 build=0");
        Path mended = program("mended", "Redis server v=7.0.15 sha=00000000:0 malloc=libc bits=64 build=1");
        Path newer = program("newer", "Redis server v=7.4.2 sha=00000000:0 malloc=libc bits=64 build=2");
        assertThat(RedisProgram.choose(null, searchPath(old, mended, newer), directory))
                .isEqualTo(mended);
        assertThat(RedisProgram.choose(null, searchPath(old, newer), directory)).isEqualTo(newer);
    }

    @Test
    void withoutOneTheJarsIsUnpacked() throws IOException {
        Path old = program("old", "Redis server v=7.0.14 sha=00000000:0 malloc=libc bits=64 build=0");
        for (String path : new String[] {searchPath(old), "", "relative/folder", null}) {
            Path program = RedisProgram.choose(null, path, directory);
            assertThat(program.getParent()).isEqualTo(directory);
            assertThat(program).isExecutable();
        }
    }

    @Test
    void whatRunsIsTold() throws IOException {
        var folder = DataFolder.open(directory.resolve("data"));
        try (var redis = EmbeddedRedis.join(folder, EmbeddedOptions.DEFAULTS)) {
            assertThat(redis.running().program()).matches("Redis \\d+\\.\\d+\\.\\d+, /.*redis-.*");
        }
    }

    private void assertRefused(String configured, String why) {
        assertThatThrownBy(() -> RedisProgram.choose(configured, null, directory))
                .isInstanceOf(StartupRefusedException.class)
                .hasMessageStartingWith("realtime.redis.embedded.binary (REALTIME_REDIS_EMBEDDED_BINARY) must be")
                .hasMessageContaining(why);
    }

    /** A program that says this of its version, in a folder of its own. */
    private Path program(String folder, String version) throws IOException {
        Path program = Files.createDirectories(directory.resolve(folder)).resolve("redis-server");
        Files.writeString(program, "#!/bin/sh\necho '" + version + "'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private static String searchPath(Path... programs) {
        var path = new StringBuilder();
        for (Path program : programs) {
            path.append(File.pathSeparator).append(program.getParent());
        }
        return path.toString();
    }
}
