package dev.realtime.launch;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Checks secrets. The texts never contain a value, since they end up in logs. */
public final class SecretRules {

    private static final int JWT_SECRET_BYTES = 32;
    private static final int TOKEN_CHARACTERS = 16;
    private static final int DIFFERENT_CHARACTERS = 5;

    /** Publicly known values from the documentation's examples. */
    private static final Set<String> PLACEHOLDERS =
            Set.of("your-secret", "your-webhook-secret", "jwt_token", "changeme", "change-me", "secret");

    public static final String MAKE_JWT_SECRET = "JWT_SECRET=\"$(openssl rand -base64 48)\"";
    public static final String MAKE_ADMIN_API_SECRET = "ADMIN_API_SECRET=\"$(openssl rand -base64 48)\"";
    public static final String MAKE_WEBHOOK_TOKEN = "WEBHOOK_TOKEN=\"$(openssl rand -hex 24)\"";

    public static final String MAKE_METRICS_TOKEN = "CONSOLE_METRICS_TOKEN=\"$(openssl rand -hex 24)\"";

    private SecretRules() {}

    /** @param name the secret's name for operators: a variable, a property or a file */
    public static void checkJwtSecret(String name, String value, StartupProblems problems) {
        checkSigningSecret(name, value, MAKE_JWT_SECRET, problems);
    }

    /** @param name the secret's name for operators: a variable, a property or a file */
    public static void checkAdminApiSecret(String name, String value, StartupProblems problems) {
        checkSigningSecret(name, value, MAKE_ADMIN_API_SECRET, problems);
    }

    private static void checkSigningSecret(String name, String value, String make, StartupProblems problems) {
        String problem = null;
        if (placeholder(value)) {
            problem = "is a publicly known placeholder from the documentation";
        } else if (value.getBytes(StandardCharsets.UTF_8).length < JWT_SECRET_BYTES) {
            problem = "must be at least " + JWT_SECRET_BYTES + " bytes long, as HS256 requires";
        } else if (monotonous(value)) {
            problem = "must be random: it has fewer than " + DIFFERENT_CHARACTERS + " different characters";
        } else if (!value.equals(value.strip())) {
            problem = "must not begin or end with white space, which is too easily lost or added in transit";
        }
        if (problem != null) {
            problems.add(name + " " + problem + ". Generate one with: " + make);
        }
    }

    /** @param name the secret's name for operators: a variable, a property or a file */
    public static void checkWebhookToken(String name, String value, StartupProblems problems) {
        checkToken(name, value, MAKE_WEBHOOK_TOKEN, problems);
    }

    /** @param name the secret's name for operators: a variable, a property or a file */
    public static void checkMetricsToken(String name, String value, StartupProblems problems) {
        checkToken(name, value, MAKE_METRICS_TOKEN, problems);
    }

    private static void checkToken(String name, String value, String make, StartupProblems problems) {
        String problem = null;
        if (placeholder(value)) {
            problem = "is a publicly known placeholder from the documentation";
        } else if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            problem = "must be visible ASCII without spaces, since it is also sent in a header";
        } else if (value.length() < TOKEN_CHARACTERS) {
            problem = "must be at least " + TOKEN_CHARACTERS + " characters long";
        } else if (monotonous(value)) {
            problem = "must be random: it has fewer than " + DIFFERENT_CHARACTERS + " different characters";
        }
        if (problem != null) {
            problems.add(name + " " + problem + ". Generate one with: " + make);
        }
    }

    private static boolean placeholder(String value) {
        return PLACEHOLDERS.contains(value.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean monotonous(String value) {
        return value.chars().distinct().count() < DIFFERENT_CHARACTERS;
    }
}
