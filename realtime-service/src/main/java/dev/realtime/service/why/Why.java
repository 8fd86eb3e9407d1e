package dev.realtime.service.why;

import dev.realtime.contracts.admin.WhyAnswer;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.Instance;
import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.journal.JournalStore;
import dev.realtime.service.journal.JournalStore.Covered;
import dev.realtime.service.journal.UserJournal;
import dev.realtime.service.receipts.Receipts;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Answers why a user did or did not get an event, the same on every instance. For an event that has just been sent, it
 * waits until every instance has told what its sockets did.
 */
@Component
public final class Why {

    /** Instances tell once a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Function<StreamId, Parts> parts;
    private final Function<String, UserJournal> users;
    private final Confirmed confirmed;

    @Autowired
    Why(JournalStore journal, InstanceRegistry registry, ClusterClock clock, Receipts receipts) {
        this(event -> parts(event, journal, registry, clock), journal::of, receipts::confirmedAt);
    }

    /** For tests. */
    Why(Function<StreamId, Parts> parts, Function<String, UserJournal> users, Confirmed confirmed) {
        this.parts = parts;
        this.users = users;
        this.confirmed = confirmed;
    }

    /** When a user has confirmed what a receipt is for; null if they have not. */
    @FunctionalInterface
    interface Confirmed {
        @Nullable
        Instant at(String receipt, String userKey);
    }

    private static Parts parts(StreamId event, JournalStore journal, InstanceRegistry registry, ClusterClock clock) {
        Covered covered = journal.covered();
        Set<String> live = registry.allOthers().stream().map(Instance::name).collect(Collectors.toSet());
        live.add(registry.self().name());
        return new Parts(event, covered, live, journal.retention(), clock.millis());
    }

    /**
     * Answers a question. Waits for Redis, and up to 4 s for other instances.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public WhyAnswer answer(Question question) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Parts reached = parts.apply(question.event());
        while (reached.isSoonKnown() && System.nanoTime() < deadline && pause()) {
            reached = parts.apply(question.event());
        }
        // Read last: what the instances had told by then is in it.
        UserJournal user = users.apply(question.userKey());
        String receipt = question.receipt();
        return new Judge(question, reached, user)
                .answer(receipt == null ? null : confirmed.at(receipt, question.userKey()));
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
