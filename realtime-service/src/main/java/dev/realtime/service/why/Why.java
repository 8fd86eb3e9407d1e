package dev.realtime.service.why;

import dev.realtime.contracts.admin.WhyAnswer;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.Instance;
import dev.realtime.service.cluster.InstanceRegistry;
import dev.realtime.service.journal.JournalStore;
import dev.realtime.service.journal.UserJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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

    private final JournalStore journal;
    private final InstanceRegistry registry;
    private final ClusterClock clock;
    private final ObjectProvider<Confirmations> confirmations;

    Why(
            JournalStore journal,
            InstanceRegistry registry,
            ClusterClock clock,
            ObjectProvider<Confirmations> confirmations) {
        this.journal = journal;
        this.registry = registry;
        this.clock = clock;
        this.confirmations = confirmations;
    }

    /**
     * Answers a question. Waits for Redis, and up to 4 s for other instances.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public WhyAnswer answer(Question question) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Judge judge = judge(question);
            if (!judge.isSoonKnown() || System.nanoTime() > deadline || !pause()) {
                return judge.answer(confirmedAt(question));
            }
        }
    }

    private Judge judge(Question question) {
        // Read first: what the instances tell afterwards is in the user's journal already.
        JournalStore.Covered covered = journal.covered();
        UserJournal user = journal.of(question.userKey());
        Set<String> live = registry.allOthers().stream().map(Instance::name).collect(Collectors.toSet());
        live.add(registry.self().name());
        return new Judge(question, user, covered, live, journal.retention(), clock.millis());
    }

    private @Nullable Instant confirmedAt(Question question) {
        return confirmations
                .orderedStream()
                .map(known -> known.confirmedAt(question.event().toString(), question.userKey()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
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
