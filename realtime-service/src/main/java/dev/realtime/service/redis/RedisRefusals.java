package dev.realtime.service.redis;

import dev.realtime.service.health.HealthProblems;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What Redis refuses at present, by use. Logged when a refusal begins, changes and ends, not for every command, and
 * reported in {@code /health} for as long as it lasts. Thread-safe.
 */
@Component
public final class RedisRefusals implements HealthProblems {

    private static final Logger log = LoggerFactory.getLogger(RedisRefusals.class);

    /** Redis' message may quote parts of the command. */
    private static final int MOST_WORDS = 200;

    public enum Use {
        PUBLISHING("publishing"),
        READING("reading"),
        SESSIONS("sessions"),
        WATCHING("health checks"),
        ROLE("its role"),
        POLICY("its maxmemory-policy");

        private final String text;

        Use(String text) {
            this.text = text;
        }
    }

    private record Noted(RedisRefusal refusal, String words, long at) {}

    private final Map<Use, Noted> noted = new EnumMap<>(Use.class);
    private volatile boolean any;

    /**
     * Notes a failure of any kind.
     *
     * @return what Redis refused; null if it did not answer, which is not noted here
     */
    public @Nullable RedisRefusal note(Use use, Throwable failure) {
        RedisRefusal refusal = RedisRefusal.of(failure);
        if (refusal != null) {
            note(use, refusal, String.valueOf(RedisRefusal.words(failure)));
        }
        return refusal;
    }

    /** Notes a refusal with Redis' message. */
    void note(Use use, RedisRefusal refusal, String words) {
        String shown = words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "…" : words;
        Noted before;
        synchronized (noted) {
            before = noted.put(use, new Noted(refusal, shown, System.nanoTime()));
            any = true;
        }
        if (before == null || before.refusal != refusal) {
            log.warn("{}: {} ({}). {}", refusal.reason(), use.text, shown, refusal.remedy());
        }
    }

    /** Notes a success. Costs one volatile read while nothing is refused. */
    public void cleared(Use use) {
        if (!any) {
            return;
        }
        Noted before;
        synchronized (noted) {
            before = noted.remove(use);
            any = !noted.isEmpty();
        }
        if (before != null) {
            log.info("Redis no longer reports an error: {}", use.text);
        }
    }

    /** The time since the last refusal of this use; null if nothing is refused. */
    @Nullable
    Duration since(Use use) {
        if (!any) {
            return null;
        }
        synchronized (noted) {
            Noted now = noted.get(use);
            return now == null ? null : Duration.ofNanos(System.nanoTime() - now.at);
        }
    }

    @Override
    public List<String> problems() {
        if (!any) {
            return List.of();
        }
        synchronized (noted) {
            return noted.entrySet().stream()
                    .map(entry -> sentence(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    private static String sentence(Use use, Noted what) {
        return what.refusal.code().code() + ": " + what.refusal.reason() + ", " + use.text + " (" + what.words + "). "
                + what.refusal.remedy();
    }
}
