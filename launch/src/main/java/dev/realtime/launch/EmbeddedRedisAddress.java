package dev.realtime.launch;

import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The current or last address of a data folder's embedded Redis, as its configuration file states it.
 *
 * @param port the port on the loopback interface
 * @param password 64 hexadecimal digits
 */
public record EmbeddedRedisAddress(int port, String password) {

    /** The configuration file, relative to the data folder. */
    public static final String CONFIGURATION = "redis/redis.conf";

    /** Reads the file; null if it does not exist or was not written by this project. */
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

    /** Leaves out the password. */
    @Override
    public String toString() {
        return "127.0.0.1:" + port;
    }
}
