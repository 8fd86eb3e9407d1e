package dev.realtime.service.recovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks Redis about many, some at a time, so that others' questions wait for a few hundred at most. */
final class Chunks {

    private static final int SIZE = 500;

    private Chunks() {}

    /**
     * Asks, and waits for the answers.
     *
     * @param question submits a question; null for what there is nothing to ask about
     * @throws org.springframework.dao.DataAccessException with the first question that fails; of the others some were asked
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
