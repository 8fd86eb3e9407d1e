package dev.realtime.socketio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final List<String> source = new ArrayList<>();

    @Test
    void runsTasksInOrderOneAfterTheOther() throws InterruptedException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Mailbox mailbox = mailbox(executor, 1_000_000, 1_000_000);
            List<Integer> seen = new ArrayList<>();
            CountDownLatch done = new CountDownLatch(1);
            IntStream.range(0, 10_000).forEach(i -> mailbox.postAlways(() -> seen.add(i)));
            mailbox.postAlways(done::countDown);

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
        }
    }

    @Test
    void pausesItsSourceAndResumesItAtHalf() {
        List<Runnable> threads = new ArrayList<>();
        Mailbox mailbox = mailbox(threads::add, 4, 100);
        IntStream.range(0, 4).forEach(i -> mailbox.postAlways(() -> source.add("task")));

        assertThat(source).containsExactly("pause");
        threads.removeFirst().run();
        assertThat(source).containsExactly("pause", "task", "resume", "task", "task", "task");
    }

    @Test
    void refusesAtItsBoundButNotTheLastWord() {
        List<Runnable> threads = new ArrayList<>();
        Mailbox mailbox = mailbox(threads::add, 100, 2);

        assertThat(mailbox.post(message(0))).isTrue();
        assertThat(mailbox.post(message(0))).isTrue();
        assertThat(mailbox.post(message(0))).isFalse();
        AtomicInteger ran = new AtomicInteger();
        mailbox.postAlways(ran::incrementAndGet);
        threads.removeFirst().run();
        assertThat(ran).hasValue(1);
    }

    @Test
    void outlivesATaskThatFails() {
        Mailbox mailbox = mailbox(Runnable::run, 100, 100);
        mailbox.postAlways(() -> {
            throw new IllegalStateException("on purpose");
        });
        AtomicInteger ran = new AtomicInteger();
        mailbox.postAlways(ran::incrementAndGet);
        assertThat(ran).hasValue(1);
    }

    @Test
    void outlivesAnError() {
        Mailbox mailbox = mailbox(Runnable::run, 100, 100);
        mailbox.postAlways(() -> {
            throw new StackOverflowError("on purpose");
        });
        AtomicInteger ran = new AtomicInteger();
        mailbox.postAlways(ran::incrementAndGet);
        assertThat(ran).hasValue(1);
    }

    @Test
    void pausesItsSourceAtItsBytesAndForgetsMessagesButNotTheLastWord() {
        List<Runnable> threads = new ArrayList<>();
        Mailbox mailbox = mailbox(threads::add, 100, 100);
        assertThat(mailbox.post(message(600))).isTrue();
        assertThat(source).isEmpty();
        assertThat(mailbox.post(message(400))).isTrue();
        assertThat(source).containsExactly("pause");
        AtomicInteger ran = new AtomicInteger();
        mailbox.postAlways(ran::incrementAndGet);
        assertThat(mailbox.dropMessages()).isEqualTo(1_000);
        threads.removeFirst().run();
        assertThat(ran).hasValue(1);
        assertThat(source).containsExactly("pause", "resume");
    }

    /** Who has much to do goes to the back of the queue, and does it in order all the same. */
    @Test
    void letsOthersHaveTheirTurn() {
        List<Runnable> threads = new ArrayList<>();
        Mailbox mailbox = mailbox(threads::add, 100, 100);
        for (int i = 0; i < 3; i++) {
            mailbox.postAlways(() -> {
                long began = System.nanoTime();
                while (System.nanoTime() - began < 2_000_000) {
                    Thread.onSpinWait();
                }
                source.add("long");
            });
        }
        threads.removeFirst().run();
        assertThat(source).containsExactly("long");
        assertThat(threads).hasSize(1);
        threads.removeFirst().run();
        threads.removeFirst().run();
        assertThat(source).containsExactly("long", "long", "long");
        assertThat(threads).isEmpty();
        mailbox.postAlways(() -> source.add("next"));
        threads.removeFirst().run();
        assertThat(source).endsWith("next");
    }

    /** At the service's end nobody gets another turn, and the last words are still said. */
    @Test
    void goesOnWhereNoMoreTurnsAreGiven() {
        List<Runnable> threads = new ArrayList<>();
        Mailbox mailbox = mailbox(
                task -> {
                    if (!threads.isEmpty()) {
                        throw new RejectedExecutionException("closed");
                    }
                    threads.add(task);
                },
                100,
                100);
        for (int i = 0; i < 3; i++) {
            mailbox.postAlways(() -> {
                LockSupport.parkNanos(2_000_000);
                source.add("word");
            });
        }
        threads.getFirst().run();
        assertThat(source).containsExactly("word", "word", "word");
    }

    private Mailbox.Message message(int bytes) {
        return new Mailbox.Message() {
            @Override
            public int bytes() {
                return bytes;
            }

            @Override
            public void run() {
                source.add("message");
            }
        };
    }

    private Mailbox mailbox(Executor executor, int pauseAt, int limit) {
        return new Mailbox(
                executor,
                new Mailbox.Bounds(pauseAt, 1_000, limit),
                reading -> source.add(reading ? "resume" : "pause"));
    }
}
