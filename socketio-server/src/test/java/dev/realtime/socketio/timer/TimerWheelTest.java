package dev.realtime.socketio.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private static final EventLoop LOOP = new DefaultEventLoop();

    private final TimerWheel wheel = new TimerWheel(LOOP, Duration.ofMillis(1));

    @AfterAll
    static void end() {
        LOOP.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private static final class Note extends Timer {

        private final AtomicInteger runs = new AtomicInteger();
        private volatile long ranAt;
        private volatile boolean onLoop;

        @Override
        protected void onTime() {
            ranAt = System.nanoTime();
            onLoop = LOOP.inEventLoop();
            runs.incrementAndGet();
        }
    }

    @Test
    void neverEarlyAndOnTheLoop() {
        List<Note> notes = new ArrayList<>();
        List<Long> due = new ArrayList<>();
        for (int millis : new int[] {0, 1, 3, 20, 511, 512, 700}) {
            Note note = new Note();
            due.add(System.nanoTime() + Duration.ofMillis(millis).toNanos());
            wheel.plan(note, Duration.ofMillis(millis));
            notes.add(note);
        }
        await().untilAsserted(() -> assertThat(notes).allMatch(note -> note.runs.get() == 1));
        for (int i = 0; i < notes.size(); i++) {
            assertThat(notes.get(i).ranAt).isGreaterThanOrEqualTo(due.get(i));
            assertThat(notes.get(i).onLoop).isTrue();
        }
    }

    @Test
    void aTimerOfManyTurnsWaitsForItsOwn() throws InterruptedException {
        Note far = new Note();
        wheel.plan(far, Duration.ofDays(300));
        Note afterATurn = new Note();
        wheel.plan(afterATurn, Duration.ofMillis(600));
        await().until(() -> afterATurn.runs.get() == 1);
        assertThat(far.runs).hasValue(0);
    }

    @Test
    void theLastPlanCounts() {
        Note note = new Note();
        long began = System.nanoTime();
        wheel.plan(note, Duration.ofMillis(5));
        wheel.plan(note, Duration.ofMillis(100));
        await().until(() -> note.runs.get() > 0);
        assertThat(note.ranAt - began)
                .isGreaterThanOrEqualTo(Duration.ofMillis(100).toNanos());
        Note later = new Note();
        wheel.plan(later, Duration.ofMillis(50));
        await().until(() -> later.runs.get() == 1);
        assertThat(note.runs).as("once").hasValue(1);
    }

    @Test
    void whatIsCancelledDoesNotRun() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Note note = new Note();
            wheel.plan(note, Duration.ofMillis(100));
            notes.add(note);
        }
        // The first, one within and the last of the slot's list; the last twice.
        for (int cancelled : new int[] {8, 4, 0, 0}) {
            wheel.cancel(notes.get(cancelled));
        }
        await().until(() -> notes.get(1).runs.get() == 1);
        Note later = new Note();
        wheel.plan(later, Duration.ofMillis(5));
        await().until(() -> later.runs.get() == 1);
        assertThat(notes.stream().map(note -> note.runs.get())).containsExactly(0, 1, 1, 1, 0, 1, 1, 1, 0);
        wheel.plan(notes.getFirst(), Duration.ZERO);
        await().until(() -> notes.getFirst().runs.get() == 1);
    }

    @Test
    void aTimerPlansItselfAgainAndAFailureHoldsNothingUp() throws InterruptedException {
        CountDownLatch tenTimes = new CountDownLatch(10);
        wheel.plan(
                new Timer() {
                    @Override
                    protected void onTime() {
                        tenTimes.countDown();
                        wheel.plan(this, Duration.ofMillis(2));
                        throw new IllegalStateException("on purpose");
                    }
                },
                Duration.ZERO);
        assertThat(tenTimes.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void startsAgainAfterItStoodStill() {
        for (int i = 0; i < 3; i++) {
            Note note = new Note();
            wheel.plan(note, Duration.ofMillis(1));
            await().until(() -> note.runs.get() == 1);
        }
    }

    @Test
    void manyThreadsPlanAndCancel() throws InterruptedException {
        int threads = 4;
        int each = 20_000;
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger kept = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            Thread.ofVirtual().start(() -> {
                for (int i = 0; i < each; i++) {
                    Timer timer = new Timer() {
                        @Override
                        protected void onTime() {
                            ran.incrementAndGet();
                        }
                    };
                    // Far enough that none runs before it is cancelled.
                    wheel.plan(timer, Duration.ofSeconds(5));
                    if (ThreadLocalRandom.current().nextBoolean()) {
                        wheel.cancel(timer);
                    } else {
                        wheel.plan(timer, Duration.ofMillis(1 + i % 600));
                        kept.incrementAndGet();
                    }
                }
                done.countDown();
            });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(ran).hasValue(kept.get()));
    }
}
