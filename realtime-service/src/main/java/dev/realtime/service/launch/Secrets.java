package dev.realtime.service.launch;

import dev.realtime.launch.DataFolder;
import dev.realtime.launch.SecretRules;
import dev.realtime.launch.Settings;
import dev.realtime.launch.Settings.Setting;
import dev.realtime.launch.StartupProblems;
import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of an instance.
 *
 * @param jwtSecret signs the clients' tokens
 * @param webhookToken lets services post events
 * @param adminApiSecret signs the admin API's tokens
 * @param ownMaking the variables that were not set, so that their values come from the data folder
 */
record Secrets(String jwtSecret, String webhookToken, String adminApiSecret, List<String> ownMaking) {

    /** Files in the data folder. */
    static final String JWT_SECRET_FILE = "jwt-secret";

    static final String WEBHOOK_TOKEN_FILE = "webhook-token";

    static final String ADMIN_API_SECRET_FILE = "admin-api-secret";

    private static final int JWT_SECRET_BYTES = 48;
    private static final int ADMIN_API_SECRET_BYTES = 48;
    private static final int WEBHOOK_TOKEN_BYTES = 24;

    /**
     * The configured secrets; those that are not set come from the data folder, where they are generated at the first
     * start.
     *
     * @throws StartupRefusedException when a file does not hold a valid secret
     */
    static Secrets ofOrMadeIn(DataFolder folder, Settings settings) throws IOException {
        var ownMaking = new ArrayList<String>();
        String jwtSecret = configured(settings, BriefVariables.JWT_SECRET);
        String webhookToken = configured(settings, BriefVariables.WEBHOOK_TOKEN);
        if (jwtSecret == null) {
            jwtSecret = keptOrMade(folder, JWT_SECRET_FILE, JWT_SECRET_BYTES);
            ownMaking.add(BriefVariables.JWT_SECRET);
        }
        if (webhookToken == null) {
            webhookToken = keptOrMade(folder, WEBHOOK_TOKEN_FILE, WEBHOOK_TOKEN_BYTES);
            ownMaking.add(BriefVariables.WEBHOOK_TOKEN);
        }
        String adminApiSecret = configured(settings, BriefVariables.ADMIN_API_SECRET);
        if (adminApiSecret == null) {
            adminApiSecret = keptOrMade(folder, ADMIN_API_SECRET_FILE, ADMIN_API_SECRET_BYTES);
            ownMaking.add(BriefVariables.ADMIN_API_SECRET);
        }
        return new Secrets(jwtSecret, webhookToken, adminApiSecret, List.copyOf(ownMaking));
    }

    /** The JWT secret that a service with these settings would use; null when it would have to generate one. */
    static @Nullable String existingJwtSecret(Settings settings) throws IOException {
        String configured = configured(settings, BriefVariables.JWT_SECRET);
        return configured != null ? configured : kept(DataFolder.existing(settings.dataDir()), JWT_SECRET_FILE);
    }

    /** Like {@link #existingJwtSecret(Settings)}, for the admin API. */
    static @Nullable String existingAdminApiSecret(Settings settings) throws IOException {
        String configured = configured(settings, BriefVariables.ADMIN_API_SECRET);
        return configured != null ? configured : kept(DataFolder.existing(settings.dataDir()), ADMIN_API_SECRET_FILE);
    }

    private static @Nullable String configured(Settings settings, String variable) {
        Setting setting = settings.variable(variable);
        return setting == null ? null : setting.value();
    }

    private static String keptOrMade(DataFolder folder, String file, int bytes) throws IOException {
        String kept = kept(folder, file);
        if (kept != null) {
            return kept;
        }
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        folder.write(file, made + "\n");
        return made;
    }

    private static @Nullable String kept(DataFolder folder, String file) throws IOException {
        String kept = folder.read(file);
        if (kept == null) {
            return null;
        }
        var problems = new StartupProblems();
        String name = "The file " + folder.resolve(file);
        switch (file) {
            case JWT_SECRET_FILE -> SecretRules.checkJwtSecret(name, kept, problems);
            case ADMIN_API_SECRET_FILE -> SecretRules.checkAdminApiSecret(name, kept, problems);
            default -> SecretRules.checkWebhookToken(name, kept, problems);
        }
        if (!problems.all().isEmpty()) {
            throw new StartupRefusedException("The file " + folder.resolve(file)
                    + " is damaged: delete it, and the next start creates a new one.");
        }
        return kept;
    }

    /** Omits the values. */
    @Override
    public String toString() {
        return "Secrets[ownMaking=" + ownMaking + "]";
    }
}
