package dev.realtime.console.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class LaunchInitializerTest {

    private static final String SECRET = "Zm9yIHRlc3RzIG9ubHksIG5vdGhpbmcgdG8gc2VlIGhlcmU";
    private static final String HASH = "$2a$10$abcdefghijklmnopqrstuuNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN";

    @TempDir
    Path directory;

    private final Map<String, Object> variables = new HashMap<>();

    @Test
    void usesTheVariablesWithAConfiguredRedis() {
        redisAndSecret();
        variables.put("CONSOLE_ADMIN_PASSWORD_HASH", HASH);
        variables.put("CONSOLE_PORT", "6010");
        variables.put("CONSOLE_BIND_ADDRESS", "127.0.0.1");
        variables.put("REALTIME_URL", "http://one:5009,https://two/base");
        variables.put("REDIS_PASSWORD", "");
        StandardEnvironment environment = start();
        assertThat(environment.getProperty("server.port")).isEqualTo("6010");
        assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(environment.getProperty("console.service-urls")).isEqualTo("http://one:5009,https://two/base");
        assertThat(environment.getProperty("console.admin-api-secret")).isEqualTo(SECRET);
        assertThat(environment.getProperty("spring.data.redis.host")).isEqualTo("redis");
        assertThat(environment.getProperty("spring.data.redis.password")).isNull();
        assertThat(data()).doesNotExist();
    }

    @Test
    void usesTheServicesRedisWithoutAConfiguredOne() throws IOException {
        serviceRuns(7000, "a");
        StandardEnvironment environment = start();
        assertThat(environment.getProperty("spring.data.redis.host")).isEqualTo("127.0.0.1");
        assertThat(environment.getProperty("spring.data.redis.port")).isEqualTo("7000");
        assertThat(environment.getProperty("spring.data.redis.password")).isEqualTo("a".repeat(64));
        assertThat(environment.getProperty("console.admin-api-secret")).isEqualTo(SECRET);
        serviceRuns(7001, "b");
        assertThat(start().getProperty("spring.data.redis.port")).isEqualTo("7001");
    }

    @Test
    void tellsWhatToDoWithoutAService() throws IOException {
        assertThat(refusals()).singleElement().asString().contains("start the service first", "REDIS_HOST");
        serviceRuns(7000, "a");
        Files.writeString(data().resolve("admin-api-secret"), "short");
        assertThat(refusals()).singleElement().asString().contains("admin-api-secret must be at least 32 bytes");
    }

    @Test
    void generatesAPasswordOnceWithoutUsers() throws IOException {
        serviceRuns(7000, "a");
        String hash = start().getProperty("console.admin-password-hash");
        Path file = data().resolve("console-admin-password");
        String password = Files.readString(file).strip();
        assertThat(password).hasSizeGreaterThanOrEqualTo(20);
        assertThat(new BCryptPasswordEncoder().matches(password, hash)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String again = start().getProperty("console.admin-password-hash");
        assertThat(new BCryptPasswordEncoder().matches(password, again)).isTrue();
    }

    @Test
    void generatesNoPasswordWithUsersOrAnOidcClient() throws IOException {
        serviceRuns(7000, "a");
        user(0, "irina", HASH, "viewer");
        assertThat(start().getProperty("console.admin-password-hash")).isNull();
        variables.keySet().removeIf(name -> name.startsWith("CONSOLE_USERS"));
        variables.put("SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_SSO_CLIENT_ID", "console");
        variables.put("CONSOLE_OIDC_ROLES_ADMINS", "admin");
        assertThat(start().getProperty("console.admin-password-hash")).isNull();
        assertThat(data().resolve("console-admin-password")).doesNotExist();
    }

    @Test
    void productionDoesNotReadTheFolder() throws IOException {
        serviceRuns(7000, "a");
        variables.put("SPRING_PROFILES_ACTIVE", "production");
        assertThat(refusals())
                .anyMatch(text -> text.startsWith("REDIS_HOST must be set in profile production"))
                .anyMatch(text -> text.startsWith("ADMIN_API_SECRET must be set"))
                .anyMatch(text -> text.startsWith("Profile production needs a user who can log in"))
                .hasSize(3);
    }

    @Test
    void productionStartsWithEverythingSet() {
        redisAndSecret();
        variables.put("SPRING_PROFILES_ACTIVE", "production");
        variables.put("CONSOLE_ADMIN_PASSWORD_HASH", HASH);
        start();
        assertThat(data()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CONSOLE_PORT             | 70000                 | CONSOLE_PORT must be a whole number
                    CONSOLE_BIND_ADDRESS     | no.such.host.invalid  | CONSOLE_BIND_ADDRESS must be an address
                    REALTIME_URL             | ftp://host            | REALTIME_URL has an entry that does not start with http
                    REALTIME_URL             | http://a,             | REALTIME_URL has an entry that does not start with http
                    REALTIME_URL             | http://a:b@host       | REALTIME_URL has an entry that has more than
                    REALTIME_URL             | http://host:70000     | REALTIME_URL has an entry that has a port
                    ADMIN_API_SECRET         | changeme              | ADMIN_API_SECRET is a publicly known placeholder
                    ADMIN_API_SECRET         | 0123456789            | ADMIN_API_SECRET must be at least 32 bytes
                    REDIS_PORT               | zero                  | REDIS_PORT must be a whole number
                    CONSOLE_TRUSTED_PROXIES  | 10.0.0.0/8,proxy      | console.trusted-proxies (CONSOLE_TRUSTED_PROXIES) has the entry "proxy"
                    CONSOLE_TRUSTED_PROXIES  | 10.0.0.0/33           | console.trusted-proxies (CONSOLE_TRUSTED_PROXIES) has the entry
                    CONSOLE_TRUSTED_PROXIES  | 0.0.0.0/0             | console.trusted-proxies (CONSOLE_TRUSTED_PROXIES) has the entry
                    CONSOLE_METRICS_TOKEN    | changeme              | CONSOLE_METRICS_TOKEN is a publicly known placeholder
                    CONSOLE_METRICS_TOKEN    | 0123456789abcde       | CONSOLE_METRICS_TOKEN must be at least 16 characters
                    CONSOLE_METRICS_TOKEN    | aaaaaaaaaaaaaaaaaaaaaa | CONSOLE_METRICS_TOKEN must be random
                    CONSOLE_USERS_1_NAME     | sso:irina             | console.users[1].name (CONSOLE_USERS_1_NAME) must be a name
                    CONSOLE_OIDC_ROLES_BOSS  | king                  | console.oidc.roles has the role "king"
                    CONSOLE_ADMIN_PASSWORD_HASH | correct-horse-battery | CONSOLE_ADMIN_PASSWORD_HASH must be a bcrypt hash
                    """)
    void namesInvalidSettings(String variable, String value, String text) {
        redisAndSecret();
        user(0, "irina", HASH, "viewer");
        user(1, "oleg", HASH, "viewer");
        variables.put(variable, value);
        assertThat(refusals())
                .singleElement()
                .asString()
                .startsWith(text)
                .doesNotContain("correct-horse-battery")
                .doesNotContain("a:b@");
    }

    @Test
    void namesInvalidUsers() {
        redisAndSecret();
        user(0, "irina", HASH, "viewer");
        user(1, "irina", HASH.replace("$10$", "$09$"), "boss");
        user(2, "admin", HASH.replace("$2a$", "$2x$"), "admin");
        variables.put("CONSOLE_ADMIN_PASSWORD_HASH", HASH);
        assertThat(refusals())
                .anyMatch(text -> text.contains("CONSOLE_USERS_1_PASSWORD_HASH) must have a cost from 10"))
                .anyMatch(text -> text.contains("CONSOLE_USERS_1_ROLE) must be viewer, operator-admin or admin"))
                .anyMatch(text -> text.contains("CONSOLE_USERS_2_PASSWORD_HASH) must be a bcrypt hash"))
                .anyMatch(text -> text.startsWith("The user \"irina\" occurs more than once"))
                .anyMatch(text -> text.startsWith("The user \"admin\" occurs more than once"))
                .hasSize(5);
    }

    @Test
    void anOidcClientNeedsRoles() {
        redisAndSecret();
        variables.put("SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_SSO_CLIENT_ID", "console");
        assertThat(refusals()).singleElement().asString().startsWith("console.oidc.roles must map");
    }

    private void redisAndSecret() {
        variables.put("REDIS_HOST", "redis");
        variables.put("ADMIN_API_SECRET", SECRET);
    }

    private void user(int index, String name, String hash, String role) {
        variables.put("CONSOLE_USERS_" + index + "_NAME", name);
        variables.put("CONSOLE_USERS_" + index + "_PASSWORD_HASH", hash);
        variables.put("CONSOLE_USERS_" + index + "_ROLE", role);
    }

    private void serviceRuns(int port, String digit) throws IOException {
        Files.createDirectories(data().resolve("redis"));
        Files.writeString(
                data().resolve("redis/redis.conf"),
                "bind 127.0.0.1\nport " + port + "\nrequirepass " + digit.repeat(64) + "\n");
        Files.writeString(data().resolve("admin-api-secret"), SECRET + "\n");
    }

    private Path data() {
        return directory.resolve("data");
    }

    private List<String> refusals() {
        return catchThrowableOfType(StartupRefusedException.class, this::start).problems();
    }

    private StandardEnvironment start() {
        variables.put("REALTIME_DATA_DIR", data().toString());
        var environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, Map.copyOf(variables)));
        ConfigurationPropertySources.attach(environment);
        try (var context = new GenericApplicationContext()) {
            context.setEnvironment(environment);
            new LaunchInitializer().initialize(context);
        }
        return environment;
    }
}
