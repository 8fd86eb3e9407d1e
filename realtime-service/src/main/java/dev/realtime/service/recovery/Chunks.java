package dev.realtime.service.recovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends many scripts to Redis in chunks of a few hundred, so that other scripts are not held up longer than that. */
final class Chunks {

    private static final int SIZE = 500;

    private Chunks() {}

    /**
     * Submits the scripts and waits for their answers.
     *
     * @param question submits a script; returns null if there is nothing to ask
     * @throws org.springframework.dao.DataAccessException for the first script that fails; some of the others have been
     *     submitted
     */
    static <T> void ask(
            Collection<T> all,
            Function<T, @Nullable CompletableFuture<Object>> question,
            BiConsumer<T, Object> answered) {
        List<T> asked = new ArrayList<>();
        List<CompletableFuture<Object>> answers = new ArrayList<>();
        for (T each : all) {
            CompletableFuture<Object> answer = question.apply(each);
            if (answer != null) {
                asked.add(each);
                answers.add(answer);
            }
            if (asked.size() == SIZE) {
                take(asked, answers, answered);
            }
        }
        take(asked, answers, answered);
    }

    private static <T> void take(
            List<T> asked, List<CompletableFuture<Object>> answers, BiConsumer<T, Object> answered) {
        for (int i = 0; i < asked.size(); i++) {
            answered.accept(asked.get(i), ScriptQueue.await(answers.get(i)));
        }
        asked.clear();
        answers.clear();
    }
}
