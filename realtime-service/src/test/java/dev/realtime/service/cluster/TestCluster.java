package dev.realtime.service.cluster;

import dev.realtime.service.identity.IdentityProperties;
import dev.realtime.service.security.AdminApiProperties;
import dev.realtime.service.security.WebhookProperties;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Parts of this package as an instance has them, on a test's Redis; for the tests of other packages too. */
public final class TestCluster {

    public static final String SECRET = "the-secret-of-the-tests-0123456789-0123456789";

    private TestCluster() {}

    /** A register that has not started; {@code nanos} is the clock by which it knows how long ago a beat was. */
    public static InstanceRegistry registry(StringRedisTemplate redis, String name, LongSupplier nanos) {
        return registry(redis, name, SECRET, Clock.systemUTC(), nanos);
    }

    static InstanceRegistry registry(
            StringRedisTemplate redis,
            String name,
            String secret,
            Clock clock,
            LongSupplier nanos,
            BeatObserver... observers) {
        return new InstanceRegistry(
                new RegisterStore(redis),
                new SharedSecrets(
                        new IdentityProperties(secret, Duration.ZERO, List.of(), null, List.of()),
                        new WebhookProperties("the-webhook-token-of-the-tests", Map.of()),
                        new AdminApiProperties(null)),
                new InstanceEntry(new JsonMapper(), secret),
                new ClusterClock(clock),
                () -> "192.0.2.1:" + (5000 + name.charAt(0)),
                new InstanceName(name),
                List.of(observers),
                new StaticListableBeanFactory().getBeanProvider(BuildProperties.class),
                nanos);
    }

    /** One beat of a register that has not started. */
    public static void beat(InstanceRegistry registry) {
        registry.beat();
    }

    public static LeaderLease lease(StringRedisTemplate redis, String name, LongSupplier nanos) {
        return new LeaderLease(redis, new InstanceName(name), nanos);
    }
}
