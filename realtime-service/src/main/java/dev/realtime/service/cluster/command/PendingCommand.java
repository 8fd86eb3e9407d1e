package dev.realtime.service.cluster.command;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A command whose answers are awaited. The first answer of each addressee counts. */
final class PendingCommand {

    private final Set<String> addressees;
    private final CountDownLatch left;
    private final Map<String, JsonNode> answers = new HashMap<>();
    private final Set<String> failed = new HashSet<>();

    PendingCommand(Set<String> addressees) {
        this.addressees = addressees;
        this.left = new CountDownLatch(addressees.size());
    }

    /** Adds an instance's answer; null when it could not perform the command. */
    synchronized void take(String instance, @Nullable JsonNode result) {
        if (!addressees.contains(instance) || answers.containsKey(instance) || failed.contains(instance)) {
            return;
        }
        if (result == null) {
            failed.add(instance);
        } else {
            answers.put(instance, result);
        }
        left.countDown();
    }

    /** Waits until all have answered, or until the time is over. */
    boolean await(Duration patience) throws InterruptedException {
        return left.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized Answers result() {
        Set<String> silent = new HashSet<>(addressees);
        silent.removeAll(answers.keySet());
        return new Answers(answers, silent);
    }
}
