package dev.realtime.devredis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.launch.DataFolder;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines in README.md stand here too, and do what is said there. */
class ReadmeTest {

    private static final Path SELF = Path.of("src/test/java/dev/realtime/devredis/ReadmeTest.java");

    @Test
    void theLinesRun(@TempDir Path directory) throws IOException {
        example(directory);
        DataFolder folder = DataFolder.open(directory);
        assertThat(EmbeddedRedis.find(folder)).isNull();
        assertThat(folder.resolve("redis/appendonlydir")).isDirectoryContaining("glob:**.incr.aof");
        assertThat(EmbeddedRedis.startDetached(folder, EmbeddedOptions.DEFAULTS).adopted())
                .isFalse();
        assertThat(EmbeddedRedis.stopDetached(folder)).isEqualTo(EmbeddedRedis.Stopped.ENDED);
    }

    @Test
    void theLinesAreThoseOfTheReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```java\n") + "```java\n".length();
        String lines = readme.substring(start, readme.indexOf("```", start));
        assertThat(words(Files.readString(SELF))).contains(words(lines));
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }

    private static void example(Path directory) throws IOException {
        DataFolder folder = DataFolder.open(directory);
        try (EmbeddedRedis redis = EmbeddedRedis.join(folder, EmbeddedOptions.DEFAULTS)) {
            RunningRedis server = redis.running();
            RedisURI uri = RedisURI.builder()
                    .withHost("127.0.0.1")
                    .withPort(server.port())
                    .withPassword(server.password().toCharArray())
                    .build();
            try (RedisClient client = RedisClient.create(uri)) {
                client.connect().sync().set("greeting", "hello");
            }
        }
    }
}
