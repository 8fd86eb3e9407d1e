package dev.realtime.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service's secrets: as the environment has them, or as the service keeps them in its data folder.
 *
 * @param jwtSecret signs the tokens
 * @param webhookToken lets events be posted
 */
record DemoSecrets(String jwtSecret, String webhookToken) {

    private static final int LEAST_BYTES_OF_A_KEY = 32;

    static DemoSecrets of(Map<String, String> environment) throws RefusedException {
        String folder = environment.get("REALTIME_DATA_DIR");
        Path data = Path.of(folder == null || folder.isBlank() ? "data" : folder);
        String jwtSecret = secret(environment.get("JWT_SECRET"), "JWT_SECRET", data.resolve("jwt-secret"));
        if (jwtSecret.getBytes(StandardCharsets.UTF_8).length < LEAST_BYTES_OF_A_KEY) {
            throw new RefusedException("JWT_SECRET must have at least " + LEAST_BYTES_OF_A_KEY + " bytes.");
        }
        return new DemoSecrets(
                jwtSecret, secret(environment.get("WEBHOOK_TOKEN"), "WEBHOOK_TOKEN", data.resolve("webhook-token")));
    }

    private static String secret(@Nullable String configured, String variable, Path file) throws RefusedException {
        if (configured != null && !configured.isBlank()) {
            return configured;
        }
        try {
            String kept = Files.readString(file).strip();
            if (!kept.isEmpty()) {
                return kept;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw new RefusedException(variable + " is not set, and there is nothing to read in " + file + ".");
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "DemoSecrets[]";
    }
}
