package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.Readme;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The binder needs no newer Java than it promises: README.md's application runs on the oldest one that is installed. */
class JavaVersionTest {

    private static final int PROMISED = 17;

    /** The version that a class file has which is compiled for {@link #PROMISED}. */
    private static final int CLASS_FILE = 44 + PROMISED;

    /** A JVM of its own takes half a minute on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Path CLASSES = Path.of(RedisBinderHeaders.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .getPath());

    private record Java(Path home, int version) {}

    @Test
    void everyClassIsCompiledForIt() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(classes)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(version(file)).isLessThanOrEqualTo(CLASS_FILE));
        }
    }

    /** Takes as long as a JVM needs to start and to end. */
    @Test
    void theReadmesApplicationRunsOnTheOldestJava(@TempDir Path folder) throws Exception {
        Java java = installed().stream()
                .filter(found -> found.version() >= PROMISED)
                .min(Comparator.comparing(Java::version))
                .orElseThrow();
        Readme.compile(folder, PROMISED, "Shop", Readme.blocks("java").getFirst());
        Path settings = Files.writeString(
                folder.resolve("application.yml"), Readme.blocks("yaml").getFirst());
        Path output = folder.resolve("output");
        try (var redis = RedisProcess.volatileServer()) {
            Process shop = new ProcessBuilder(
                            java.home().resolve("bin/java").toString(),
                            "-classpath",
                            folder + File.pathSeparator + libraries(),
                            "shop.Shop",
                            "--spring.data.redis.port=" + redis.port(),
                            "--spring.config.location=" + settings)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                await().atMost(PATIENCE)
                        .until(() -> !shop.isAlive() || read(output).contains("received a coffee"));
                assertThat(read(output)).contains("using Java " + java.version(), "received a coffee");
                await().until(() ->
                        redis.command("XPENDING", "orders", "billing").startsWith("*4\r\n:0\r\n"));
                shop.destroy();
                assertThat(shop.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .describedAs("ends when told to")
                        .isTrue();
                assertThat(read(output)).doesNotContain(" ERROR ");
            } finally {
                shop.destroyForcibly();
            }
        }
        // ./verify shows this line.
        System.out.printf("README.md's application ran on Java %d, the oldest that is installed%n", java.version());
    }

    private static String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** This Java and those in the usual places. */
    private static List<Java> installed() {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        Optional.ofNullable(System.getenv("JAVA_17_HOME")).map(Path::of).ifPresent(homes::add);
        for (Path parent : List.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/opt/java"),
                Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
                Path.of(System.getProperty("user.home"), ".jdks"))) {
            if (Files.isDirectory(parent)) {
                try (Stream<Path> inside = Files.list(parent)) {
                    homes.addAll(inside.toList());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return homes.stream()
                .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                .flatMap(home -> majorOf(home).stream().map(version -> new Java(home, version)))
                .toList();
    }

    private static Optional<Integer> majorOf(Path home) {
        return Pattern.compile("JAVA_VERSION=\"(\\d+)")
                .matcher(read(home.resolve("release")))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .findFirst();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path classFile) {
        try (var in = new DataInputStream(Files.newInputStream(classFile))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
