package dev.realtime.service.ops;

import dev.realtime.service.redis.RedisWatch;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds Redis to the health endpoints. */
@Configuration(proxyBeanMethods = false)
class OpsConfiguration {

    /** Worse than up and better than down: another instance would be no better. */
    static final Status DEGRADED = new Status("DEGRADED");

    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofSeconds(1);

    /** Lettuce's default limit is 30 s, and Redis would be reported as unavailable that long after its return. */
    @Bean
    ClientResourcesBuilderCustomizer quickReconnect() {
        return resources -> resources.reconnectDelay(
                () -> Delay.exponential(Duration.ofMillis(10), LONGEST_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS));
    }

    /** Reports Redis in the actuator; replaces the indicator that asks Redis while the caller waits. */
    @Bean
    HealthIndicator redisHealthIndicator(RedisWatch watch) {
        return () -> watch.isUp()
                ? Health.up().build()
                : Health.status(DEGRADED).withDetail("redis", "down").build();
    }
}
