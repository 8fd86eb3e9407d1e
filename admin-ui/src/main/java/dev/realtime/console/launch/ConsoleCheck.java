package dev.realtime.console.launch;

import dev.realtime.console.security.ConsoleProperties;
import dev.realtime.console.security.TrustedProxies;
import dev.realtime.launch.PortRule;
import dev.realtime.launch.RedisVariables;
import dev.realtime.launch.SecretRules;
import dev.realtime.launch.Settings;
import dev.realtime.launch.Settings.Setting;
import dev.realtime.launch.StartupProblems;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the configuration. Each problem names the variable and its valid values. */
final class ConsoleCheck {

    private final Settings settings;
    private final StartupProblems problems;

    private ConsoleCheck(Settings settings, StartupProblems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /**
     * @param properties the console's own properties
     * @param oidc whether a client of an OIDC provider is configured
     */
    static void check(Settings settings, ConsoleProperties properties, boolean oidc, StartupProblems problems) {
        new ConsoleCheck(settings, problems).check();
        new UserRules(properties, problems).check(oidc);
        properties.trustedProxies().stream()
                .filter(proxy -> !TrustedProxies.valid(proxy))
                .forEach(proxy -> problems.add("console.trusted-proxies (CONSOLE_TRUSTED_PROXIES) has the entry \""
                        + proxy + "\"; each must be an IP address or a CIDR such as 10.0.0.0/8, separated by commas,"
                        + " and none may include all addresses."));
        if (settings.production() && properties.allUsers().isEmpty() && !oidc) {
            problems.add("Profile " + Settings.PRODUCTION
                    + " needs a user who can log in: set CONSOLE_ADMIN_PASSWORD_HASH, or CONSOLE_USERS_0_NAME,"
                    + " _PASSWORD_HASH and _ROLE, or a client of an OIDC provider under spring.security.oauth2.client.registration. Generate a hash with: "
                    + HashPasswordCommand.USAGE);
        }
    }

    private void check() {
        PortRule.check(settings.variable(ConsoleVariables.CONSOLE_PORT), 0, " (0 for any free port)", problems);
        checkServices(settings.variable(ConsoleVariables.REALTIME_URL));
        checkSecret();
        checkMetricsToken(settings.variable(ConsoleVariables.CONSOLE_METRICS_TOKEN));
        checkBindAddress(settings.variable(ConsoleVariables.CONSOLE_BIND_ADDRESS));
        RedisVariables.check(settings, problems);
    }

    private void checkBindAddress(@Nullable Setting address) {
        if (address == null) {
            return;
        }
        try {
            InetAddress.getByName(address.value());
        } catch (UnknownHostException e) {
            problems.add(address.name() + " must be an address of this machine, such as 127.0.0.1, but it is \""
                    + address.value() + "\".");
        }
    }

    private void checkMetricsToken(@Nullable Setting token) {
        if (token != null) {
            SecretRules.checkMetricsToken(token.name(), token.value(), problems);
        }
    }

    private void checkServices(@Nullable Setting urls) {
        if (urls == null) {
            return;
        }
        for (String url : urls.value().split(",", -1)) {
            String problem = urlProblem(url.strip());
            if (problem != null) {
                problems.add(
                        urls.name() + " has an entry that " + problem + ". Each must be the base URL of an instance of"
                                + " the service or of its load balancer, such as http://127.0.0.1:5009, separated by commas.");
            }
        }
    }

    private static @Nullable String urlProblem(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            return "is not a URL";
        }
        if (!Set.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            return "does not start with http:// or https:// and a host";
        }
        if (url.getUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            return "has more than a scheme, a host, a port and a path";
        }
        return url.getPort() > 65535 ? "has a port above 65535" : null;
    }

    private void checkSecret() {
        Setting secret = settings.variable(ConsoleVariables.ADMIN_API_SECRET);
        if (secret != null) {
            SecretRules.checkAdminApiSecret(secret.name(), secret.value(), problems);
        } else if (settings.redisConfigured() || settings.production()) {
            problems.add("ADMIN_API_SECRET must be set to the service's value: with REDIS_HOST, the console does"
                    + " not read the service's data folder. Generate one with: " + SecretRules.MAKE_ADMIN_API_SECRET);
        }
    }
}
