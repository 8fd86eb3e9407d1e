package dev.realtime.stream.binder.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.GroupedConsumer;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** An application with a producer, an anonymous consumer and a group, whose master fails for good. */
final class Failover {

    private static final Duration PROMISED = Duration.ofSeconds(10);

    private final RedisProcess master;
    private final RedisProcess replica;

    Failover(RedisProcess master, RedisProcess replica) {
        this.master = master;
        this.replica = replica;
    }

    /** Fails unless the application sends and receives again in time, and says that it is not well meanwhile. */
    void survives(Consumer<RedisProcess> fault, String destination, String... properties) {
        List<String> all = new ArrayList<>(Arrays.asList(properties));
        all.addAll(List.of(
                "spring.data.redis.connect-timeout=",
                "spring.cloud.function.definition=events;grouped",
                "spring.cloud.stream.bindings.grouped-in-0.group=g",
                "spring.cloud.stream.bindings.grouped-in-0.destination=" + destination,
                "spring.cloud.stream.bindings.events-in-0.destination=" + destination,
                "spring.cloud.stream.bindings.events-out.destination=" + destination));
        try (var app =
                TestApplication.start(List.of(GroupedConsumer.class), master.port(), all.toArray(String[]::new))) {
            List<String> grouped = app.bean(GroupedConsumer.Seen.class).payloads;
            app.send("before");
            await().until(() -> app.payloads().contains("before") && grouped.contains("before"));
            await().until(() -> replica.command("INFO", "replication").contains("master_link_status:up"));
            await().until(() -> isUp(app));

            fault.accept(master);
            await().pollInterval(Duration.ofMillis(20)).until(() -> !isUp(app));
            await().pollInterval(Duration.ofMillis(20))
                    .until(() -> replica.command("INFO", "replication").contains("role:master"));
            long promoted = System.nanoTime();
            await().atMost(PROMISED)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() -> app.send("after").id() != null);
            long sent = System.nanoTime();
            await().atMost(PROMISED).until(() -> app.payloads().contains("after") && grouped.contains("after"));
            long received = System.nanoTime();

            System.out.printf(
                    "%s: sent %d ms and received %d ms after the promotion%n",
                    destination, (sent - promoted) / 1_000_000, (received - promoted) / 1_000_000);
            assertThat(Duration.ofNanos(received - promoted)).isLessThan(PROMISED);
            assertThat(app.payloads()).doesNotHaveDuplicates();
            await().until(() -> isUp(app));
        }
    }

    private static boolean isUp(TestApplication app) {
        var binders = app.context().getBean("bindersHealthContributor", CompositeHealthContributor.class);
        return binders.getContributor("redis") instanceof HealthIndicator health
                && Status.UP.equals(health.health().getStatus());
    }
}
