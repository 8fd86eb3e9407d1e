package dev.realtime.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class BriefVariablesTest {

    @Test
    void everyVariableSetsItsProperty() {
        StandardEnvironment environment = environment(Map.of(
                "PORT", "5010",
                "JWT_SECRET", "secret",
                "WEBHOOK_TOKEN", "token",
                "CORS_ORIGIN", "http://localhost:3000",
                "REDIS_HOST", "redis",
                "REDIS_PORT", "6380",
                "REDIS_USERNAME", "gateway",
                "REDIS_PASSWORD", "password"));
        assertThat(environment.getProperty("realtime.port")).isEqualTo("5010");
        assertThat(environment.getProperty("realtime.identity.jwt-secret")).isEqualTo("secret");
        assertThat(environment.getProperty("realtime.webhook.token")).isEqualTo("token");
        assertThat(environment.getProperty("realtime.cors.origins")).isEqualTo("http://localhost:3000");
        assertThat(environment.getProperty("spring.data.redis.host")).isEqualTo("redis");
        assertThat(environment.getProperty("spring.data.redis.port")).isEqualTo("6380");
        assertThat(environment.getProperty("spring.data.redis.username")).isEqualTo("gateway");
        assertThat(environment.getProperty("spring.data.redis.password")).isEqualTo("password");
    }

    @Test
    void aPropertysOwnVariableWins() {
        assertThat(environment(Map.of("PORT", "5010", "REALTIME_PORT", "5011")).getProperty("realtime.port"))
                .isEqualTo("5011");
    }

    @Test
    void theVariableWinsOverTheConfigurationFile() {
        assertThat(environment(Map.of("PORT", "5010")).getProperty("realtime.port"))
                .isEqualTo("5010");
    }

    @Test
    void anEmptyOneLeavesTheConfigurationFileAlone() {
        assertThat(environment(Map.of("PORT", "")).getProperty("realtime.port")).isEqualTo("5009");
    }

    private static StandardEnvironment environment(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, variables));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("application.yml", Map.of("realtime.port", "5009")));
        BriefVariables.settings(environment);
        return environment;
    }
}
