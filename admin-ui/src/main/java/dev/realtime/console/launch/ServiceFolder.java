package dev.realtime.console.launch;

import dev.realtime.launch.DataFolder;
import dev.realtime.launch.EmbeddedRedisAddress;
import dev.realtime.launch.SecretRules;
import dev.realtime.launch.StartupProblems;
import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** What the console reads from and writes to the data folder of a service on this machine. */
final class ServiceFolder {

    /** The file with the generated password of the user {@code admin}. */
    static final String PASSWORD_FILE = "console-admin-password";

    private static final String SECRET_FILE = "admin-api-secret";
    private static final int PASSWORD_BYTES = 18;

    private final DataFolder folder;

    ServiceFolder(Path path) {
        this.folder = DataFolder.existing(path);
    }

    /**
     * The address of the service's embedded Redis, as its configuration file states it.
     *
     * @throws StartupRefusedException if no service has started one here
     */
    EmbeddedRedisAddress redis() throws IOException {
        EmbeddedRedisAddress redis = EmbeddedRedisAddress.read(folder);
        if (redis == null) {
            throw notThere(EmbeddedRedisAddress.CONFIGURATION, "REDIS_HOST and ADMIN_API_SECRET");
        }
        return redis;
    }

    /**
     * The secret of the service's admin API.
     *
     * @throws StartupRefusedException if no service has created one here, or the file is invalid
     */
    String adminApiSecret() throws IOException {
        String secret = folder.read(SECRET_FILE);
        if (secret == null) {
            throw notThere(SECRET_FILE, "ADMIN_API_SECRET");
        }
        var problems = new StartupProblems();
        SecretRules.checkAdminApiSecret("The file " + folder.resolve(SECRET_FILE), secret, problems);
        problems.refuseIfAny();
        return secret;
    }

    private StartupRefusedException notThere(String file, String variables) {
        return new StartupRefusedException("There is no " + folder.resolve(file)
                + ": start the service first, or set REALTIME_DATA_DIR to its data folder, or set " + variables + ".");
    }

    /**
     * The password of the user {@code admin}: the stored one, or else a new one, stored so that only the owner can read
     * it.
     */
    String adminPassword() throws IOException {
        String kept = folder.read(PASSWORD_FILE);
        if (kept != null && !kept.isEmpty()) {
            return kept;
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        DataFolder.open(folder.path()).write(PASSWORD_FILE, made + "\n");
        return made;
    }

    Path passwordFile() {
        return folder.resolve(PASSWORD_FILE);
    }
}
