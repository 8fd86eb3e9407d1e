package dev.realtime.service.ops;

import dev.realtime.service.identity.keys.TokenKeys;
import dev.realtime.service.peersecrets.SecretAgreement;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** How this instance is, from what is known already: nothing here waits. */
@Component
public final class InstanceHealth {

    private final RedisProbe redis;
    private final SecretAgreement secrets;
    private final TokenKeys keys;

    InstanceHealth(RedisProbe redis, SecretAgreement secrets, TokenKeys keys) {
        this.redis = redis;
        this.secrets = secrets;
        this.keys = keys;
    }

    /** {@code up} or {@code down}. */
    public String redis() {
        return redis.isUp() ? "up" : "down";
    }

    /** Sentences about what somebody has to mend, a handful at most; none when all is well. */
    public List<String> problems() {
        return Stream.concat(secrets.problems().stream(), keys.problems().stream())
                .toList();
    }
}
