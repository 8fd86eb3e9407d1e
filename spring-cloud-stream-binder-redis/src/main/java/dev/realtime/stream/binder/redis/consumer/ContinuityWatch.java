package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.hub.Watch;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks a stream by {@link Continuity} while a hub reads it, and leaves what contradicts to the stream's reader. */
final class ContinuityWatch implements Watch {

    private volatile Continuity known;

    ContinuityWatch(Continuity known) {
        this.known = known.copy();
    }

    @Override
    public Question ask(RedisLink link) {
        CompletionStage<StreamInfo> asked = known.stream().ask(link);
        return new Question() {
            @Override
            public boolean agrees(String position, Duration sinceRead) {
                StreamInfo info = known.stream().answer(link, asked);
                return tries(trial -> trial.check(link, position, sinceRead, info));
            }

            @Override
            public boolean agreesAgain(String position) {
                StreamInfo info = known.stream().answer(link, asked);
                return tries(trial -> trial.reconnected(link, position, info));
            }
        };
    }

    /** Keeps what was learned unless there was something to tell. */
    private boolean tries(Consumer<Continuity> check) {
        Contradiction contradiction = new Contradiction();
        Continuity trial = known.copy(contradiction);
        check.accept(trial);
        if (!contradiction.found) {
            known = trial;
        }
        return !contradiction.found;
    }

    @Override
    public boolean isFrom(@Nullable String runId) {
        String before = known.runId();
        return before == null || runId == null || before.equals(runId);
    }

    @Override
    public void read(int entries) {
        for (int i = 0; i < entries; i++) {
            known.read();
        }
    }

    @Override
    public long lag() {
        return known.lag();
    }

    private static final class Contradiction implements ContinuityListener {

        private boolean found;

        @Override
        public void gap(String expectedId, String foundId, long entries) {
            found = true;
        }

        @Override
        public void rollback(String expectedId, String foundId, long entries) {
            found = true;
        }
    }
}
