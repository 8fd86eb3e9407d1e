package dev.realtime.service.redis;

import dev.realtime.launch.StartupProblems;
import dev.realtime.launch.StartupRefusedException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with a Redis that answers but cannot serve: full, read-only, without the rights, unable to save, or
 * evicting. A Redis that does not answer, or is not ready, does not prevent the start: the service waits for it, as it
 * does later.
 *
 * <p>Runs before the bindings start and the port opens.
 */
@Component
final class RedisStartCheck implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(RedisStartCheck.class);

    private final RedisConnectionFactory connections;
    private final RedisRights rights;

    RedisStartCheck(RedisConnectionFactory connections, RedisRights rights) {
        this.connections = connections;
        this.rights = rights;
    }

    /** @throws StartupRefusedException with everything that is wrong */
    @Override
    public void afterSingletonsInstantiated() {
        StartupProblems problems = new StartupProblems();
        try {
            for (RedisInfo server : ask()) {
                judge(server, problems);
            }
            Set<RedisRefusal> told = EnumSet.noneOf(RedisRefusal.class);
            for (RedisRights.Refused refused : rights.tryAll()) {
                // Rights differ by key, so each is reported; any other refusal is the same for all keys.
                if (told.add(refused.why()) || refused.why() == RedisRefusal.FORBIDDEN) {
                    add(problems, refused.why(), refused.command() + ": " + refused.words());
                }
            }
        } catch (RuntimeException e) {
            RedisRefusal why = RedisRefusal.of(e);
            if (why == null) {
                log.debug("Redis is unavailable: it is not checked", e);
                return;
            }
            add(problems, why, String.valueOf(RedisRefusal.words(e)));
        }
        problems.refuseIfAny();
    }

    private List<RedisInfo> ask() {
        try (RedisConnection connection = connections.getConnection()) {
            connection.ping();
            return RedisInfo.of(connection);
        }
    }

    private static void judge(RedisInfo server, StartupProblems problems) {
        if (server.replica()) {
            add(problems, RedisRefusal.READ_ONLY, "role:slave");
        }
        if (server.evicts()) {
            add(problems, RedisRefusal.MISCONFIGURED, RedisWatch.evicting(server));
        }
    }

    private static void add(StartupProblems problems, RedisRefusal why, String words) {
        if (why.forbidsStart()) {
            problems.add(why.reason() + " (" + words + "). " + why.remedy());
        } else {
            log.warn("{} ({}). {}", why.reason(), words, why.remedy());
        }
    }
}
