package dev.realtime.service.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.launch.StartupRefusedException;
import dev.realtime.service.rest.TestRedis;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

class RedisStartCheckTest {

    private final TestRedis redis = TestRedis.started();
    private final StringRedisTemplate admin = template(null);

    @AfterEach
    void close() {
        destroy(admin);
        redis.close();
    }

    @Test
    void aRedisThatDoesAllIsNotChanged() {
        assertThatCode(() -> check(null)).doesNotThrowAnyException();
        assertThat(admin.keys("*")).isEmpty();
    }

    @Test
    void oneThatIsAwayIsWaitedFor() {
        redis.stop();
        assertThatCode(() -> check(null)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "volatile-ttl"})
    void oneThatEvictsIsRefused(String policy) {
        config("maxmemory-policy", policy);
        assertThat(refused(null)).singleElement().asString().contains("maxmemory-policy is " + policy, "noeviction");
    }

    @Test
    void aFullOneIsRefusedOnce() {
        config("maxmemory", "1");
        assertThat(refused(null)).singleElement().asString().startsWith("Redis is full (SET on realtime:*: OOM");
    }

    @Test
    void aReplicaIsRefused() {
        admin.execute((RedisCallback<Object>)
                connection -> connection.execute("REPLICAOF", "127.0.0.1".getBytes(), "1".getBytes()));
        assertThat(refused(null)).first().asString().startsWith("Redis is a read-only replica (role:slave)");
    }

    @Test
    void aWrongPasswordIsRefused() {
        config("requirepass", "secret");
        assertThat(refused(null)).singleElement().asString().startsWith("Redis denies access (NOAUTH");
    }

    @Test
    void whatAUserMayNotDoIsNamed() {
        acl("on", "nopass", "~realtime:*", "~events:*", "~events", "+@all", "-xread", "-memory");
        assertThat(refused("limited"))
                .hasSize(4)
                .anyMatch(problem -> problem.contains("XREAD on events"))
                .anyMatch(problem -> problem.contains("on audit"));
        acl("on", "nopass", "~*", "+@all", "-eval", "-evalsha");
        assertThat(refused("limited"))
                .first()
                .asString()
                .startsWith("Redis denies access (EVAL on realtime:*: NOPERM")
                .contains("Check REDIS_USERNAME");
    }

    private void config(String name, String value) {
        admin.execute((RedisCallback<Object>) connection -> {
            connection.serverCommands().setConfig(name, value);
            return null;
        });
    }

    private void acl(String... rules) {
        admin.execute((RedisCallback<Object>) connection -> {
            byte[][] words = new byte[rules.length + 2][];
            words[0] = "SETUSER".getBytes();
            words[1] = "limited".getBytes();
            for (int i = 0; i < rules.length; i++) {
                words[i + 2] = rules[i].getBytes();
            }
            return connection.execute("ACL", words);
        });
    }

    private List<String> refused(String user) {
        return catchThrowableOfType(StartupRefusedException.class, () -> check(user))
                .problems();
    }

    private void check(String user) {
        StringRedisTemplate template = template(user);
        try {
            new RedisStartCheck(template.getRequiredConnectionFactory(), new RedisRights(template))
                    .afterSingletonsInstantiated();
        } finally {
            destroy(template);
        }
    }

    private static void destroy(StringRedisTemplate template) {
        ((LettuceConnectionFactory) template.getRequiredConnectionFactory()).destroy();
    }

    private StringRedisTemplate template(String user) {
        var configuration = new RedisStandaloneConfiguration("127.0.0.1", redis.port());
        if (user != null) {
            configuration.setUsername(user);
            configuration.setPassword("any");
        }
        var factory = new LettuceConnectionFactory(configuration);
        factory.afterPropertiesSet();
        factory.start();
        return new StringRedisTemplate(factory);
    }
}
