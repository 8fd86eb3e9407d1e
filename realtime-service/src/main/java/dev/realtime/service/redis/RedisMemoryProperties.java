package dev.realtime.service.redis;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * When Redis counts as filling up and as full.
 *
 * @param alarmAt used share of memory from which {@code /health} is degraded; 0.1 to 0.99
 * @param refuseAt used share from which events are refused; above {@code alarm-at}, up to 1
 * @param size the assumed memory of a Redis without {@code maxmemory}; if unset, such a Redis never counts as full
 */
@Validated
@ConfigurationProperties("realtime.redis.memory")
public record RedisMemoryProperties(
        @DefaultValue("0.8") double alarmAt,
        @DefaultValue("0.95") double refuseAt,
        @Nullable DataSize size) {

    public RedisMemoryProperties {
        if (!(alarmAt >= 0.1 && alarmAt <= 0.99)) {
            throw new IllegalArgumentException(
                    "realtime.redis.memory.alarm-at must be from 0.1 to 0.99, but is " + alarmAt + ".");
        }
        if (!(refuseAt > alarmAt && refuseAt <= 1)) {
            throw new IllegalArgumentException("realtime.redis.memory.refuse-at must be above alarm-at, which is "
                    + alarmAt + ", and 1 at most, but is " + refuseAt + ".");
        }
        if (size != null && size.toBytes() < 1) {
            throw new IllegalArgumentException("realtime.redis.memory.size must be 1B or more, but is " + size + ".");
        }
    }
}
