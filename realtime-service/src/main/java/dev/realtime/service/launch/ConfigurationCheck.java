package dev.realtime.service.launch;

import dev.realtime.launch.PortRule;
import dev.realtime.launch.RedisVariables;
import dev.realtime.launch.SecretRules;
import dev.realtime.launch.Settings;
import dev.realtime.launch.Settings.Setting;
import dev.realtime.launch.StartupProblems;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the deployment's variables ({@link BriefVariables}). Each problem names the variable and says what it must be.
 */
final class ConfigurationCheck {

    /** An origin as browsers write it: lower case, without a path, without a port that the scheme implies. */
    private static final Pattern ORIGIN =
            Pattern.compile("(https?)://([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?");

    private final Settings settings;
    private final StartupProblems problems;

    private ConfigurationCheck(Settings settings, StartupProblems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    static void check(Settings settings, StartupProblems problems) {
        new ConfigurationCheck(settings, problems).check();
    }

    private void check() {
        PortRule.check(settings.variable(BriefVariables.PORT), 0, " (0 for any free port)", problems);
        checkOrigins(settings.variable(BriefVariables.CORS_ORIGIN));
        checkSecrets();
        RedisVariables.check(settings, problems);
        EmbeddedSettings.check(settings, problems);
    }

    private void checkOrigins(@Nullable Setting origins) {
        if (origins == null) {
            return;
        }
        for (String origin : origins.value().split(",", -1)) {
            String problem = originProblem(origin.strip());
            if (problem != null) {
                problems.add(origins.name() + " has the entry \"" + origin.strip() + "\", which " + problem
                        + ". Each entry must be an origin such as https://crm.example.com or http://localhost:3000,"
                        + " separated by commas.");
            }
        }
    }

    private static @Nullable String originProblem(String origin) {
        if (origin.equals("*")) {
            return "would allow every web page";
        }
        if (origin.isEmpty()) {
            return "is empty";
        }
        Matcher matcher = ORIGIN.matcher(origin);
        if (!matcher.matches()) {
            return "is not scheme://host or scheme://host:port in lower case, without a path or a trailing slash";
        }
        String port = matcher.group(3);
        if (port == null) {
            return null;
        }
        if (!PortRule.isPort(port, 1)) {
            return "has no port from 1 to 65535";
        }
        if (port.equals("https".equals(matcher.group(1)) ? "443" : "80")) {
            return "names the scheme's default port, which browsers omit";
        }
        return null;
    }

    private void checkSecrets() {
        Setting jwtSecret = settings.variable(BriefVariables.JWT_SECRET);
        Setting webhookToken = settings.variable(BriefVariables.WEBHOOK_TOKEN);
        if (jwtSecret != null) {
            SecretRules.checkJwtSecret(jwtSecret.name(), jwtSecret.value(), problems);
        }
        if (webhookToken != null) {
            SecretRules.checkWebhookToken(webhookToken.name(), webhookToken.value(), problems);
        }
        Setting adminSecret = settings.variable(BriefVariables.ADMIN_API_SECRET);
        if (adminSecret != null) {
            SecretRules.checkAdminApiSecret(adminSecret.name(), adminSecret.value(), problems);
            if (sameAs(adminSecret, jwtSecret) || sameAs(adminSecret, webhookToken)) {
                problems.add("ADMIN_API_SECRET must differ from JWT_SECRET and WEBHOOK_TOKEN: anybody who has one of"
                        + " those could use the admin API.");
            }
        }
        if (jwtSecret != null && webhookToken != null && jwtSecret.value().equals(webhookToken.value())) {
            problems.add(
                    "JWT_SECRET and WEBHOOK_TOKEN must differ: any service that may post events could sign tokens.");
        }
        if (settings.redisConfigured()) {
            requireSecret(BriefVariables.JWT_SECRET, jwtSecret, SecretRules.MAKE_JWT_SECRET);
            requireSecret(BriefVariables.WEBHOOK_TOKEN, webhookToken, SecretRules.MAKE_WEBHOOK_TOKEN);
        }
    }

    private static boolean sameAs(Setting one, @Nullable Setting other) {
        return other != null && other.value().equals(one.value());
    }

    private void requireSecret(String variable, @Nullable Setting secret, String make) {
        if (secret == null) {
            problems.add(variable + " must be set: when Redis is configured, all instances must share it. Make one"
                    + " with: " + make);
        }
    }
}
