package dev.realtime.launch;

import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the embedded Redis of a data folder is, or was last: what its configuration file says.
 *
 * @param port on loopback
 * @param password 64 hexadecimal digits
 */
public record EmbeddedRedisAddress(int port, String password) {

    /** The configuration file, in the data folder. */
    public static final String CONFIGURATION = "redis/redis.conf";

    /** What the file says now; null when there is none, or when it was not written by us. */
    public static @Nullable EmbeddedRedisAddress read(DataFolder folder) throws IOException {
        String configuration = folder.read(CONFIGURATION);
        if (configuration == null) {
            return null;
        }
        Function<String, String> value = key -> configuration
                .lines()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElse("");
        String port = value.apply("port");
        String password = value.apply("requirepass");
        return PortRule.isPort(port, 1) && password.matches("[0-9a-f]{64}")
                ? new EmbeddedRedisAddress(Integer.parseInt(port), password)
                : null;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "127.0.0.1:" + port;
    }
}
