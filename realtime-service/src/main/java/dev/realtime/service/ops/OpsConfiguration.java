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

/** Redis' part in health. */
@Configuration(proxyBeanMethods = false)
class OpsConfiguration {

    /** Worse than up and better than down: another instance would do no better. */
    static final Status DEGRADED = new Status("DEGRADED");

    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofSeconds(1);

    /** Lettuce's own limit is half a minute, and so long a Redis that is back would be told to be away. */
    @Bean
    ClientResourcesBuilderCustomizer quickReconnect() {
        return resources -> resources.reconnectDelay(
                () -> Delay.exponential(Duration.ofMillis(10), LONGEST_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS));
    }

    /** In the actuator's own view; takes the place of the one that asks Redis on the caller's time. */
    @Bean
    HealthIndicator redisHealthIndicator(RedisWatch watch) {
        return () -> watch.isUp()
                ? Health.up().build()
                : Health.status(DEGRADED).withDetail("redis", "down").build();
    }
}
