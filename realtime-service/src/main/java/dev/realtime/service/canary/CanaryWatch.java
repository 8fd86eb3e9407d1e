package dev.realtime.service.canary;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.bindings.OutputBindings;
import dev.realtime.service.canary.Canaries.Overdue;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.health.HealthProblems;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;

/**
 * Sends canaries and reports where they are lost: in the log on a change, in health, and by metrics. While Redis does
 * not answer it reports nothing, since the outage is reported elsewhere.
 *
 * <p>Metrics: {@code realtime.canary.age}, how many seconds ago the last canary came back; {@code
 * realtime.canary.read.age}, how many seconds ago a canary of any instance was read; and {@code realtime.canary.lost}
 * by stage, 1 while canaries are lost there.
 */
@Component
final class CanaryWatch extends Beating implements HealthProblems {

    private static final Logger log = LoggerFactory.getLogger(CanaryWatch.class);

    /** At most two time-outs of Redis. */
    private static final Duration LONGEST_BEAT = Duration.ofSeconds(4);

    private static final String OUT = "events-out";
    private static final String IN = "events-in";

    private final OutputBindings bindings;
    private final StreamSubscriptions subscriptions;
    private final Canaries canaries;
    private final CanaryProperties properties;
    private final CanaryReadiness readiness;
    private final ClusterClock clock;
    private final RedisAnswers redis;
    private final String self;
    private final long startedAt = System.nanoTime();
    private long lastBeat = System.nanoTime();
    private long since = System.nanoTime();
    private volatile Verdict verdict = Verdict.WELL;

    CanaryWatch(
            OutputBindings bindings,
            StreamSubscriptions subscriptions,
            Canaries canaries,
            CanaryProperties properties,
            CanaryReadiness readiness,
            ClusterClock clock,
            RedisAnswers redis,
            InstanceName self,
            MeterRegistry meters) {
        super("canary");
        this.bindings = bindings;
        this.subscriptions = subscriptions;
        this.canaries = canaries;
        this.properties = properties;
        this.readiness = readiness;
        this.clock = clock;
        this.redis = redis;
        this.self = self.value();
        Gauge.builder("realtime.canary.age", this, watch -> watch.secondsSince(canaries.backAt()))
                .description("Seconds since the last canary came back")
                .register(meters);
        Gauge.builder("realtime.canary.read.age", this, watch -> watch.secondsSince(canaries.readAt()))
                .description("Seconds since the last canary of any instance was read")
                .register(meters);
        for (Stage stage : Stage.values()) {
            Gauge.builder("realtime.canary.lost", this, watch -> watch.verdict.stage() == stage ? 1 : 0)
                    .description("Whether canaries are lost at this stage")
                    .tag("stage", stage.code())
                    .register(meters);
        }
    }

    private double secondsSince(long moment) {
        return (System.nanoTime() - (moment == 0 ? startedAt : moment)) / 1e9;
    }

    @Override
    public List<String> problems() {
        Verdict now = verdict;
        return now.stage() == null ? List.of() : List.of(now.sentence());
    }

    @Override
    protected Duration beat() {
        long now = System.nanoTime();
        if (now - lastBeat
                > properties.interval().multipliedBy(2).plus(LONGEST_BEAT).toNanos()) {
            // This process itself was held up: the canaries under way may be read the next moment.
            canaries.forget();
        }
        lastBeat = now;
        judge();
        readiness.settle(verdict, canaries.lastBackSentAt());
        send();
        return properties.interval();
    }

    private void send() {
        long number = canaries.send(System.nanoTime(), clock.millis());
        try {
            bindings.send(
                    OUT,
                    MessageBuilder.withPayload(String.valueOf(number).getBytes(StandardCharsets.US_ASCII))
                            .setHeader(StreamHeaders.EVENT, StreamHeaders.CANARY)
                            .setHeader(StreamHeaders.INSTANCE, self));
            canaries.published(number);
        } catch (RuntimeException e) {
            log.debug("A canary was not published", e);
            canaries.notPublished(number, RedisAnswers.words(e));
        }
    }

    private void judge() {
        if (overdue().isEmpty()) {
            if (canaries.backAt() > since) {
                become(Verdict.WELL);
            }
        } else if (!redis.answers()) {
            // Counting starts anew when Redis returns. The outage itself is already reported.
            canaries.forget();
            verdict = Verdict.WELL;
            since = System.nanoTime();
        } else {
            // Checked again, since asking Redis took a while.
            overdue().ifPresent(lost -> become(verdict(lost)));
        }
    }

    private Optional<Overdue> overdue() {
        return canaries.overdue(System.nanoTime(), properties.lostAfter());
    }

    private Verdict verdict(Overdue overdue) {
        StreamSubscription reader = subscriptions.of(IN).stream().findFirst().orElse(null);
        boolean stuck =
                reader != null && reader.isHandling() && reader.sinceLastPoll().compareTo(properties.lostAfter()) > 0;
        // An event read earlier is still being handled and blocks the reader.
        Stage stage = overdue.stage() == Stage.READ && stuck ? Stage.FAN_OUT : overdue.stage();
        String words = switch (stage) {
            case PUBLISH -> overdue.failure() == null ? "no answer" : overdue.failure();
            case READ -> reading(reader);
            case FAN_OUT -> "a test event was read but has not reached its queue";
        };
        // Keeps the time of the first lost canary while the stage stays the same.
        long sentAt = verdict.stage() == stage ? verdict.sentAt() : overdue.sentAt();
        return new Verdict(stage, sentAt, words + ", for " + overdue.waiting().toSeconds() + " s");
    }

    private String reading(@Nullable StreamSubscription reader) {
        if (reader == null) {
            return "there is no reader";
        }
        if (reader.isPaused()) {
            return "its reader is paused";
        }
        Throwable failure = reader.failure();
        return (failure == null
                        ? "its reader gets no answer"
                        : "its reader gets the error " + RedisAnswers.words(failure))
                + ", and the last test event of any instance was read " + (long) secondsSince(canaries.readAt())
                + " s ago";
    }

    private void become(Verdict next) {
        Stage before = verdict.stage();
        verdict = next;
        if (before != next.stage()) {
            since = System.nanoTime();
            if (next.stage() == null) {
                log.info("Test events come back again");
            } else {
                log.warn("Test events are lost at {}: {}", next.stage().code(), next.sentence());
            }
        }
    }
}
