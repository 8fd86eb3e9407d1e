package dev.realtime.stream.binder.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisCluster;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A master of a Redis Cluster fails for good, and its replica takes over; takes as long as the cluster does. */
class ClusterFailoverTest {

    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aKilledMastersStreamsGoOnAfterThePromotion() {
        survives(RedisProcess::kill, "events");
    }

    @Test
    void aHungMastersStreamsGoOnAfterThePromotion() {
        survives(RedisProcess::freeze, cluster.elsewhere("events"));
    }

    @Test
    void aSendWaitsForTheReplicaOfItsStreamsMaster() {
        String destination = cluster.elsewhere("events", cluster.elsewhere("events"));
        await().until(() ->
                cluster.replicaOf(destination).command("INFO", "replication").contains("master_link_status:up"));
        try (var app = TestApplication.start(
                0,
                "spring.data.redis.cluster.nodes=" + cluster.addresses(),
                "spring.cloud.stream.bindings.events-out.destination=" + destination,
                "spring.cloud.stream.redis.bindings.events-out.producer.wait-replicas=1")) {
            assertThat(app.send("m").id()).isNotNull();
        }
    }

    private static void survives(Consumer<RedisProcess> fault, String destination) {
        new Failover(cluster.masterOf(destination), cluster.replicaOf(destination))
                .survives(fault, destination, "spring.data.redis.cluster.nodes=" + cluster.addresses());
    }
}
