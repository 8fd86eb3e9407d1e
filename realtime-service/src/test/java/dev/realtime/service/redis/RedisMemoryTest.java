package dev.realtime.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class RedisMemoryTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RedisMemory memory = new RedisMemory(new RedisMemoryProperties(0.8, 0.95, null), meters);

    @Test
    void marksAreLeftOnlyWhenItIsClearlyBelowThem() {
        at(79, false, null);
        at(80, false, "redis_memory: Redis uses 80 %");
        at(95, true, "backplane_full: Redis uses 95 %");
        at(91, true, "backplane_full: Redis uses 91 %");
        at(89, false, "redis_memory: Redis uses 89 %");
        at(94, false, "redis_memory");
        at(76, false, "redis_memory");
        at(74, false, null);
        at(79, false, null);
    }

    @Test
    void aRedisWithoutALimitIsNeverFull() {
        memory.observe(1L << 40, 0);
        assertThat(memory.isFull()).isFalse();
        assertThat(memory.problems()).isEmpty();
        assertThat(ratio()).isNaN();
    }

    @Test
    void aConfiguredSizeStandsInForAMissingLimitOnly() {
        var sized = new RedisMemory(new RedisMemoryProperties(0.8, 0.95, DataSize.ofBytes(100)), meters);
        sized.observe(96, 0);
        assertThat(sized.isFull()).isTrue();
        sized.observe(96, 1_000);
        assertThat(sized.isFull()).isFalse();
    }

    @Test
    void marksThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new RedisMemoryProperties(0.9, 0.9, null)).hasMessageContaining("refuse-at");
        assertThatThrownBy(() -> new RedisMemoryProperties(80, 95, null)).hasMessageContaining("alarm-at");
        assertThatThrownBy(() -> new RedisMemoryProperties(Double.NaN, 0.95, null))
                .hasMessageContaining("alarm-at");
    }

    private void at(int percent, boolean full, String problem) {
        memory.observe(percent, 100);
        assertThat(memory.isFull()).as(percent + " %").isEqualTo(full);
        if (problem == null) {
            assertThat(memory.problems()).as(percent + " %").isEmpty();
        } else {
            assertThat(memory.problems()).singleElement().asString().startsWith(problem);
        }
        assertThat(ratio()).isEqualTo(percent / 100.0);
    }

    private double ratio() {
        return meters.get("realtime.redis.memory.used.ratio").gauge().value();
    }
}
