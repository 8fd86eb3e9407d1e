package dev.realtime.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.launch.StartupProblems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ConfigurationCheckTest {

    private static final String GOOD_SECRET = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4MTIz";
    private static final String GOOD_TOKEN = "0a1b2c3d4e5f60718293";
    private static final Map<String, String> OWN_REDIS =
            Map.of("REDIS_HOST", "redis", "JWT_SECRET", GOOD_SECRET, "WEBHOOK_TOKEN", GOOD_TOKEN);

    @Test
    void nothingAtAllIsFine() {
        assertThat(problems(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1MB", "much", "-1"})
    void theEmbeddedRedisNeedsSomeMemory(String size) {
        assertThat(problems(Map.of("realtime.redis.embedded.max-memory", size)))
                .singleElement()
                .asString()
                .contains("realtime.redis.embedded.max-memory", "16MB");
        assertThat(problems(Map.of("realtime.redis.embedded.max-memory", "64mb")))
                .isEmpty();
    }

    @Test
    void anEmptyVariableIsAnUnsetOne() {
        assertThat(problems(Map.of(
                        "PORT",
                        "",
                        "REDIS_HOST",
                        "",
                        "REDIS_PORT",
                        " ",
                        "REDIS_PASSWORD",
                        "",
                        "JWT_SECRET",
                        "",
                        "CORS_ORIGIN",
                        "")))
                .isEmpty();
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThat(problems(Map.of(
                        "PORT",
                        "x",
                        "CORS_ORIGIN",
                        "*",
                        "JWT_SECRET",
                        "short",
                        "WEBHOOK_TOKEN",
                        "brief",
                        "REDIS_HOST",
                        "redis",
                        "REDIS_PORT",
                        "0")))
                .hasSize(5)
                .anyMatch(problem -> problem.startsWith("PORT "))
                .anyMatch(problem -> problem.startsWith("CORS_ORIGIN "))
                .anyMatch(problem -> problem.startsWith("JWT_SECRET "))
                .anyMatch(problem -> problem.startsWith("WEBHOOK_TOKEN "))
                .anyMatch(problem -> problem.startsWith("REDIS_PORT "));
    }

    @Nested
    class Ports {

        @ParameterizedTest
        @ValueSource(strings = {"0", "1", "5009", "65535"})
        void aPortIsAccepted(String port) {
            assertThat(problems(Map.of("PORT", port))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "65536", "http", "80 80", "5009.0", "99999999999", "0x50", "٥٠٠٩"})
        void anythingElseIsRefusedByName(String port) {
            assertThat(problems(Map.of("PORT", port)))
                    .singleElement()
                    .asString()
                    .startsWith("PORT must be a whole number from 1 to 65535");
        }

        @Test
        void aRedisPortMayNotBeZero() {
            assertThat(problems(and(OWN_REDIS, "REDIS_PORT", "0")))
                    .singleElement()
                    .asString()
                    .startsWith("REDIS_PORT must be");
        }

        @Test
        void kubernetesServiceLinksAreExplained() {
            assertThat(problems(and(OWN_REDIS, "REDIS_PORT", "tcp://10.0.0.7:6379")))
                    .singleElement()
                    .asString()
                    .contains("enableServiceLinks");
        }

        @Test
        void thePropertyIsNamedWhenItIsTheSource() {
            assertThat(problems(Map.of("realtime.port", "x", "PORT", "5009")))
                    .singleElement()
                    .asString()
                    .startsWith("realtime.port must be");
        }
    }

    @Nested
    class Origins {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://localhost:3000",
                    "https://crm.example.com",
                    "https://crm.example.com:8443, http://localhost:3000",
                    "http://[::1]:3000",
                    "https://xn--80aaxitdbjk.xn--p1ai",
                    "http://my_host"
                })
        void originsAreAccepted(String origins) {
            assertThat(problems(Map.of("CORS_ORIGIN", origins))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "*",
                    "http://localhost:3000/",
                    "http://localhost:3000/app",
                    "localhost:3000",
                    "ftp://localhost",
                    "http://",
                    "http://a:0",
                    "http://a:99999",
                    "http://a:80",
                    "https://a:443",
                    "https://CRM.example.com",
                    "https://user@a",
                    "https://a?b",
                    "https://a#b",
                    "https://*.example.com",
                    "https://срм.рф",
                    "null",
                    "http://a,,http://b",
                    "http://a http://b",
                    "http://a,*"
                })
        void anythingElseIsRefusedByName(String origins) {
            assertThat(problems(Map.of("CORS_ORIGIN", origins)))
                    .isNotEmpty()
                    .allMatch(problem -> problem.startsWith("CORS_ORIGIN has the entry \""));
        }
    }

    @Nested
    class SecretValues {

        @ParameterizedTest
        @CsvSource({
            "JWT_SECRET, your-secret",
            "JWT_SECRET, 1234567890123456789012345678901",
            "JWT_SECRET, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "JWT_SECRET, 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4MTIz '",
            "WEBHOOK_TOKEN, your-webhook-secret",
            "WEBHOOK_TOKEN, 123456789abcdef",
            "WEBHOOK_TOKEN, 1111111111111111111",
            "WEBHOOK_TOKEN, with spaces in it 123",
            "WEBHOOK_TOKEN, кириллица-в-заголовке"
        })
        void aWeakOneIsRefusedByNameWithAWayToMakeOne(String variable, String value) {
            assertThat(problems(Map.of(variable, value)))
                    .singleElement()
                    .asString()
                    .startsWith(variable + " ")
                    .contains("openssl rand")
                    .doesNotContain(value.strip());
        }

        @Test
        void bytesCountNotCharacters() {
            assertThat(problems(Map.of("JWT_SECRET", "восемнадцать-букв!!"))).isEmpty();
        }

        @Test
        void theTwoMustDiffer() {
            assertThat(problems(Map.of("JWT_SECRET", GOOD_SECRET, "WEBHOOK_TOKEN", GOOD_SECRET)))
                    .singleElement()
                    .asString()
                    .contains("must differ");
        }
    }

    @Nested
    class Redis {

        @Test
        void withBothSecretsItIsFine() {
            assertThat(problems(OWN_REDIS)).isEmpty();
        }

        @Test
        void anOwnRedisNeedsBothSecrets() {
            assertThat(problems(Map.of("REDIS_HOST", "redis")))
                    .hasSize(2)
                    .anyMatch(problem -> problem.startsWith("JWT_SECRET must be set"))
                    .anyMatch(problem -> problem.startsWith("WEBHOOK_TOKEN must be set"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "spring.data.redis.host",
                    "spring.data.redis.url",
                    "spring.data.redis.sentinel.master",
                    "spring.data.redis.sentinel.nodes",
                    "spring.data.redis.sentinel.nodes[0]",
                    "spring.data.redis.cluster.nodes",
                    "spring.data.redis.cluster.nodes[0]"
                })
        void everyWayOfSpringDataCountsAsAnOwnRedis(String property) {
            assertThat(problems(Map.of(property, "redis:6379"))).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"REDIS_PORT", "REDIS_USERNAME", "REDIS_PASSWORD"})
        void halfARedisIsRefused(String variable) {
            assertThat(problems(Map.of(variable, "6379")))
                    .singleElement()
                    .asString()
                    .startsWith(variable + " is set, but REDIS_HOST is not");
        }

        @Test
        void aUserNeedsItsPassword() {
            assertThat(problems(and(OWN_REDIS, "REDIS_USERNAME", "gateway")))
                    .singleElement()
                    .asString()
                    .startsWith("REDIS_USERNAME is set, but REDIS_PASSWORD is not");
            assertThat(problems(and(and(OWN_REDIS, "REDIS_USERNAME", "gateway"), "REDIS_PASSWORD", "its-password")))
                    .isEmpty();
        }

        @Test
        void productionRefusesTheEmbeddedOne() {
            assertThat(problems(Map.of("spring.profiles.active", "production")))
                    .singleElement()
                    .asString()
                    .startsWith("REDIS_HOST must be set in profile production");
            assertThat(problems(and(OWN_REDIS, "spring.profiles.active", "production")))
                    .isEmpty();
        }
    }

    private static Map<String, String> and(Map<String, String> map, String key, String value) {
        var both = new HashMap<>(map);
        both.put(key, value);
        return both;
    }

    private static List<String> problems(Map<String, String> values) {
        var environment = new StandardEnvironment();
        // This machine's own variables are none of the tests' business.
        environment.getPropertySources().stream()
                .map(source -> source.getName())
                .toList()
                .forEach(environment.getPropertySources()::remove);
        environment.getPropertySources().addFirst(new MapPropertySource("test", new HashMap<>(values)));
        var problems = new StartupProblems();
        ConfigurationCheck.check(BriefVariables.settings(environment), problems);
        return problems.all();
    }
}
