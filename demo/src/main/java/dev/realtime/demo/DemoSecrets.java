package dev.realtime.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service's secrets, from the environment or from the service's data folder.
 *
 * @param jwtSecret signs the tokens
 * @param webhookToken authorizes posting events
 * @param adminApiSecret signs the token of the head of shift; null if unknown, and then there is no head of shift
 */
record DemoSecrets(
        String jwtSecret, String webhookToken, @Nullable String adminApiSecret) {

    private static final int LEAST_BYTES_OF_A_KEY = 32;

    static DemoSecrets of(Map<String, String> environment) throws RefusedException {
        String folder = environment.get("REALTIME_DATA_DIR");
        Path data = Path.of(folder == null || folder.isBlank() ? "data" : folder);
        String jwtSecret = secret(environment.get("JWT_SECRET"), "JWT_SECRET", data.resolve("jwt-secret"));
        if (jwtSecret.getBytes(StandardCharsets.UTF_8).length < LEAST_BYTES_OF_A_KEY) {
            throw new RefusedException("JWT_SECRET must have at least " + LEAST_BYTES_OF_A_KEY + " bytes.");
        }
        return new DemoSecrets(
                jwtSecret,
                secret(environment.get("WEBHOOK_TOKEN"), "WEBHOOK_TOKEN", data.resolve("webhook-token")),
                find(environment.get("ADMIN_API_SECRET"), data.resolve("admin-api-secret")));
    }

    private static String secret(@Nullable String configured, String variable, Path file) throws RefusedException {
        String found = find(configured, file);
        if (found == null) {
            throw new RefusedException(
                    variable + " is not set, and the file " + file + " is missing, empty or " + "unreadable.");
        }
        return found;
    }

    private static @Nullable String find(@Nullable String configured, Path file) {
        if (configured != null && !configured.isBlank()) {
            return configured;
        }
        try {
            String kept = Files.readString(file).strip();
            return kept.isEmpty() ? null : kept;
        } catch (IOException e) {
            return null;
        }
    }

    /** Leaves out the values. */
    @Override
    public String toString() {
        return "DemoSecrets[]";
    }
}
