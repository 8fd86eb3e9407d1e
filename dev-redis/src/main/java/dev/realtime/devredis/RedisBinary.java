package dev.realtime.devredis;

import dev.realtime.launch.DataFolder;
import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;

/** The redis-server in the jar, unpacked into the data folder. */
final class RedisBinary {

    private static final String VERSION = "7.0.15";

    /** Major, minor, patch. */
    static final int[] VERSION_NUMBERS =
            Arrays.stream(VERSION.split("\\.")).mapToInt(Integer::parseInt).toArray();

    private RedisBinary() {}

    /**
     * Unpacks the program unless it is already there.
     *
     * @throws StartupRefusedException if the jar has no program for this platform
     */
    static Path unpackInto(Path folder) throws IOException {
        String name = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL resource = RedisBinary.class.getResource("/" + name);
        if (resource == null) {
            throw unsupported(System.getProperty("os.name"), System.getProperty("os.arch"));
        }
        Path program = folder.resolve(name);
        var connection = resource.openConnection();
        connection.setUseCaches(false);
        try (InputStream content = connection.getInputStream()) {
            if (Files.isExecutable(program) && Files.size(program) == connection.getContentLengthLong()) {
                return program;
            }
            // The file of a running program cannot be written, but it can be replaced by a rename.
            Path part = Files.createTempFile(folder, ".new-", "");
            try {
                Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
                DataFolder.makeOwnProgram(part);
                Files.move(part, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        return program;
    }

    /** The program's name in the jar. */
    static String resource(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : null;
        String machine = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> null;
        };
        if (system == null || machine == null) {
            throw unsupported(osName, osArch);
        }
        return "redis-server-" + VERSION + "-" + system + "-" + machine;
    }

    private static StartupRefusedException unsupported(String osName, String osArch) {
        return new StartupRefusedException("REDIS_HOST must be set on this machine, or a redis-server " + VERSION
                + " or newer installed: none comes along for " + osName + " on " + osArch + ".");
    }
}
