package dev.realtime.service.launch;

import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.launch.SecretRules;
import dev.realtime.launch.Settings;
import dev.realtime.launch.Settings.Setting;
import dev.realtime.launch.StartupProblems;
import dev.realtime.launch.StartupRefusedException;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/** Makes a token for the admin API, signed with the secret that the service would use. */
final class AdminTokenCommand {

    static final String HELP = """
            Usage: java -jar realtime-service.jar admin-token --role ROLE --user NAME [options]
            Prints a token for /api/v1/admin, valid for 15 minutes, signed (HS256) with ADMIN_API_SECRET or, if that is
            not set, with the secret in the data folder of a service started in the same folder.

              --role ROLE      viewer, operator-admin or admin
              --user NAME      the name in the audit
              --data-dir DIR   the service's data folder (default REALTIME_DATA_DIR, else ./data)
            """;

    private static final Set<String> OPTIONS = Set.of("role", "user", "data-dir");

    /** The longest lifetime that the service accepts, less a margin for a service clock that is behind. */
    private static final Duration TTL = Duration.ofMinutes(15).minusSeconds(10);

    private AdminTokenCommand() {}

    static String run(List<String> arguments) throws IOException {
        CommandOptions options = CommandOptions.parse(arguments, OPTIONS);
        AdminRole role = AdminRole.ofClaim(options.require("role"))
                .orElseThrow(() -> new UsageException("--role must be viewer, operator-admin or admin."));
        Instant now = Instant.now();
        byte[] secret = secret(Commands.settings(options.get("data-dir"))).getBytes(StandardCharsets.UTF_8);
        return Jwts.builder()
                .subject(CommandOptions.readable(options.require("user")))
                .claim("role", role.claim())
                .audience()
                .add("admin-api")
                .and()
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(TTL)))
                .signWith(new SecretKeySpec(secret, "HmacSHA256"), Jwts.SIG.HS256)
                .compact();
    }

    private static String secret(Settings settings) throws IOException {
        Setting configured = settings.variable(BriefVariables.ADMIN_API_SECRET);
        if (configured != null) {
            var problems = new StartupProblems();
            SecretRules.checkAdminApiSecret(configured.name(), configured.value(), problems);
            problems.refuseIfAny();
        } else if (settings.redisConfigured()) {
            throw new StartupRefusedException(
                    "ADMIN_API_SECRET must be set to the service's value: with Redis configured, none is generated.");
        }
        String secret = Secrets.existingAdminApiSecret(settings);
        if (secret == null) {
            throw new StartupRefusedException(
                    "There is no secret to sign with: ADMIN_API_SECRET is not set, and no service has made one in "
                            + settings.dataDir() + " yet. Start it first, or name its data folder with --data-dir.");
        }
        return secret;
    }
}
