package dev.realtime.service.launch;

import dev.realtime.launch.SecretRules;
import dev.realtime.launch.Settings;
import dev.realtime.launch.Settings.Setting;
import dev.realtime.launch.StartupProblems;
import dev.realtime.launch.StartupRefusedException;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Makes a token signed with the secret that the service would use: {@code JWT_SECRET}, or the data folder's. */
final class TokenCommand {

    static final String HELP = """
            Usage: java -jar realtime-service.jar token --role ROLE --id ID [options]
            Prints a token for a Socket.IO client, signed (HS256) with JWT_SECRET or, if that is not set, with the
            secret in the data folder of a service started in the same folder.

              --role ROLE      operator, director, admin or any other
              --id ID          the user's id; a number if it is digits only
              --name NAME      the person's name
              --login LOGIN    the person's login
              --cities A,B     cities whose rooms the client may join
              --ttl TIME       how long it is valid: 90s, 30m, 12h (default) or 7d
              --data-dir DIR   the service's data folder (default REALTIME_DATA_DIR, else ./data)
            """;

    private static final Set<String> OPTIONS = Set.of("role", "id", "name", "login", "cities", "ttl", "data-dir");
    private static final Pattern TTL = Pattern.compile("([1-9][0-9]{0,8})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Digits that equal a number; with a leading zero they would not. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,99}");

    private TokenCommand() {}

    static String run(List<String> arguments) throws IOException {
        CommandOptions options = CommandOptions.parse(arguments, OPTIONS);
        String id = options.require("id");
        Instant now = Instant.now();
        JwtBuilder token = Jwts.builder()
                .subject(id)
                .claim("userId", NUMBER.matcher(id).matches() ? new BigInteger(id) : id)
                .claim("role", CommandOptions.readable(options.require("role")))
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(ttl(options.get("ttl")))));
        for (String claim : List.of("name", "login")) {
            String value = options.get(claim);
            if (value != null) {
                token.claim(claim, CommandOptions.readable(value));
            }
        }
        String cities = options.get("cities");
        if (cities != null) {
            token.claim("cities", cities(CommandOptions.readable(cities)));
        }
        byte[] secret = secret(Commands.settings(options.get("data-dir"))).getBytes(StandardCharsets.UTF_8);
        return token.signWith(new SecretKeySpec(secret, "HmacSHA256"), Jwts.SIG.HS256)
                .compact();
    }

    private static String secret(Settings settings) throws IOException {
        Setting configured = settings.variable(BriefVariables.JWT_SECRET);
        if (configured != null) {
            var problems = new StartupProblems();
            SecretRules.checkJwtSecret(configured.name(), configured.value(), problems);
            problems.refuseIfAny();
        } else if (settings.redisConfigured()) {
            throw new StartupRefusedException(
                    "JWT_SECRET must be set to the service's value: with Redis configured, none is generated.");
        }
        String secret = Secrets.existingJwtSecret(settings);
        if (secret == null) {
            throw new StartupRefusedException(
                    "There is no secret to sign with: JWT_SECRET is not set, and no service has made one in "
                            + settings.dataDir() + " yet. Start it first, or name its data folder with --data-dir.");
        }
        return secret;
    }

    private static Duration ttl(@Nullable String text) {
        if (text == null) {
            return Duration.ofHours(12);
        }
        Matcher matcher = TTL.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration ttl = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            if (ttl.compareTo(LONGEST) <= 0) {
                return ttl;
            }
        }
        throw new UsageException("--ttl must be a time such as 90s, 30m, 12h or 7d, at most 366d.");
    }

    private static List<String> cities(String list) {
        List<String> cities = Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(city -> !city.isEmpty())
                .distinct()
                .toList();
        if (cities.isEmpty()) {
            throw new UsageException("--cities must name at least one city.");
        }
        return cities;
    }
}
