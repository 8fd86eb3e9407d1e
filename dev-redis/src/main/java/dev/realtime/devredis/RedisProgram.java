package dev.realtime.devredis;

import dev.realtime.launch.StartupRefusedException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the redis-server to start: the configured one, else the one installed on this machine, else the one in the
 * jar.
 *
 * <p>The installed one takes precedence because distributions backport fixes into their package. The jar's program is
 * the last release of its branch, without later fixes. Both may report the same version.
 */
final class RedisProgram {

    /** The environment variable of the property. */
    private static final String VARIABLE = "REALTIME_REDIS_EMBEDDED_BINARY";

    /** The service's stream commands and the ACL rules of its users require this version. */
    private static final int[] LEAST = {7, 0, 0};

    private static final Pattern VERSION = Pattern.compile("(?:Redis|Valkey) server v=(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final String NAME = "redis-server";
    private static final int ANSWER_SECONDS = 5;

    private RedisProgram() {}

    /**
     * The program to start.
     *
     * @param configured the value of {@link EmbeddedOptions#PROGRAM}
     * @param searchPath the value of {@code PATH}
     * @param folder where to unpack the jar's program
     * @throws StartupRefusedException if the configured program is not a Redis or is too old, or if there is no program
     *     at all
     */
    static Path choose(@Nullable String configured, @Nullable String searchPath, Path folder) throws IOException {
        if (configured != null) {
            return checked(configured);
        }
        Path own = ofThisMachine(searchPath);
        return own == null ? RedisBinary.unpackInto(folder) : own;
    }

    private static Path checked(String configured) {
        int[] version = null;
        try {
            Path program = Path.of(configured);
            version = version(program);
            if (version != null && Arrays.compare(version, LEAST) >= 0) {
                return program.toAbsolutePath();
            }
        } catch (InvalidPathException e) {
            // Reported below, like any path that is not a program.
        }
        throw new StartupRefusedException(EmbeddedOptions.PROGRAM + " (" + VARIABLE
                + ") must be the path of a redis-server 7.0 or newer,"
                + " and " + configured
                + (version == null ? " does not answer to --version as one." : " is version " + text(version) + "."));
    }

    private static @Nullable Path ofThisMachine(@Nullable String searchPath) {
        for (String folder : (searchPath == null ? "" : searchPath).split(File.pathSeparator)) {
            // A relative entry depends on the working directory.
            if (!folder.startsWith(File.separator)) {
                continue;
            }
            Path program = Path.of(folder, NAME);
            int[] version = Files.isExecutable(program) ? version(program) : null;
            if (version != null && Arrays.compare(version, RedisBinary.VERSION_NUMBERS) >= 0) {
                return program;
            }
        }
        return null;
    }

    /** The version that the program reports; null if it is not a Redis or cannot be run. */
    private static int @Nullable [] version(Path program) {
        var builder = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true);
        builder.environment().clear();
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return null;
            }
            // A Redis prints one line. Another program may print more and then block until it is ended above.
            Matcher said =
                    VERSION.matcher(new String(process.getInputStream().readNBytes(1_000), StandardCharsets.UTF_8));
            return said.lookingAt()
                    ? new int[] {
                        Integer.parseInt(said.group(1)),
                        Integer.parseInt(said.group(2)),
                        Integer.parseInt(said.group(3))
                    }
                    : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    private static String text(int[] version) {
        return version[0] + "." + version[1] + "." + version[2];
    }
}
