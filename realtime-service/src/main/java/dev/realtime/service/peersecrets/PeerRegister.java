package dev.realtime.service.peersecrets;

import dev.realtime.service.identity.IdentityProperties;
import dev.realtime.service.security.AdminApiProperties;
import dev.realtime.service.security.WebhookProperties;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * The hash in Redis in which every instance has a field. An entry that was not renewed for a while is an instance that
 * is gone, and whoever sees it takes it out.
 */
@Component
final class PeerRegister {

    private static final String SALT = "realtime:{secrets}:salt";
    private static final String INSTANCES = "realtime:{secrets}:instances";
    private static final int SALT_BYTES = 16;

    /** Stands for a secret that is not set; none can be so short. */
    private static final String NONE = "none";

    private static final Duration GONE_AFTER = Duration.ofSeconds(30);

    /** Names go into the log; what is in Redis may be anybody's. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:#-]{1,200}");

    private final StringRedisTemplate redis;
    private final IdentityProperties identity;
    private final WebhookProperties webhook;
    private final AdminApiProperties admin;

    PeerRegister(
            RedisConnectionFactory connections,
            IdentityProperties identity,
            WebhookProperties webhook,
            AdminApiProperties admin) {
        this.redis = new StringRedisTemplate(connections);
        this.identity = identity;
        this.webhook = webhook;
        this.admin = admin;
    }

    /**
     * Renews this instance's entry and answers, by variable, the others whose secret is another one.
     *
     * @throws RuntimeException when Redis does not answer
     */
    Map<String, SortedSet<String>> compare(String self) {
        String salt = salt();
        long now = now();
        Entry own = new Entry(
                now,
                salt,
                Fingerprint.of(SecretAgreement.JWT_SECRET, identity.jwtSecret(), salt),
                Fingerprint.of(SecretAgreement.WEBHOOK_TOKEN, webhook.token(), salt),
                Fingerprint.of(SecretAgreement.ADMIN_API_SECRET, admin.secret() == null ? NONE : admin.secret(), salt));
        redis.<String, String>opsForHash().put(INSTANCES, self, own.text());
        redis.expire(INSTANCES, GONE_AFTER.multipliedBy(2));

        Map<String, SortedSet<String>> differing = new TreeMap<>();
        redis.<String, String>opsForHash().entries(INSTANCES).forEach((name, text) -> {
            Entry other = Entry.parse(text).orElse(null);
            if (other == null || !NAME.matcher(name).matches()) {
                return;
            }
            if (other.writtenAt() < now - GONE_AFTER.toMillis()) {
                leave(name);
            } else if (other.salt().equals(salt)) {
                // With another salt it is from before Redis lost its data, and is about to be renewed.
                note(differing, SecretAgreement.JWT_SECRET, name, !other.jwt().equals(own.jwt()));
                note(
                        differing,
                        SecretAgreement.WEBHOOK_TOKEN,
                        name,
                        !other.webhook().equals(own.webhook()));
                note(
                        differing,
                        SecretAgreement.ADMIN_API_SECRET,
                        name,
                        !other.admin().equals(own.admin()));
            }
        });
        return differing;
    }

    /** Takes an entry out. */
    void leave(String name) {
        redis.opsForHash().delete(INSTANCES, name);
    }

    private static void note(Map<String, SortedSet<String>> differing, String variable, String name, boolean differs) {
        if (differs) {
            Collection<String> names = differing.computeIfAbsent(variable, unused -> new TreeSet<>());
            names.add(name);
        }
    }

    private String salt() {
        byte[] random = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(random);
        redis.opsForValue().setIfAbsent(SALT, HexFormat.of().formatHex(random));
        return Objects.requireNonNull(redis.opsForValue().get(SALT), "the salt was taken away");
    }

    /** Redis' clock, so that the instances' own need not agree. */
    private long now() {
        RedisCallback<Long> time = connection -> connection.serverCommands().time(TimeUnit.MILLISECONDS);
        return Objects.requireNonNull(redis.execute(time), "Redis told no time");
    }
}
