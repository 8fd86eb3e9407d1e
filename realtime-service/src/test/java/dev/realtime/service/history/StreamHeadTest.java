package dev.realtime.service.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.rest.TestService;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

class StreamHeadTest {

    private final TestService service = TestService.shared();

    private long reads() {
        try (RedisConnection connection =
                service.bean(RedisConnectionFactory.class).getConnection()) {
            String stats = String.valueOf(
                    connection.serverCommands().info("commandstats").get("cmdstat_xrevrange"));
            return stats.startsWith("calls=") ? Long.parseLong(stats.substring(6, stats.indexOf(','))) : 0;
        }
    }

    @Test
    void manyWhoAskAtOnceShareReads() {
        StreamHead head = service.bean(StreamHead.class);
        long before = reads();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<?>> asked = IntStream.range(0, 2_000)
                    .<CompletableFuture<?>>mapToObj(i -> CompletableFuture.supplyAsync(head::read, executor))
                    .toList();
            asked.forEach(CompletableFuture::join);
        }
        assertThat(reads() - before).isPositive().isLessThan(1_000);
    }
}
