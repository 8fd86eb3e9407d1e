package dev.realtime.service.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
            IntStream.range(0, 10_000).forEach(i -> mailbox.post(() -> seen.add(i)));
            mailbox.post(done::countDown);

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(seen).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
        }
    }

    @Test
    void pausesItsSourceAndResumesItAtHalf() {
        List<Runnable> threads = new ArrayList<>();
        Mailbox mailbox = mailbox(threads::add, 4, 100);
        IntStream.range(0, 4).forEach(i -> mailbox.post(() -> source.add("task")));

        assertThat(source).containsExactly("pause");
        threads.removeFirst().run();
        assertThat(source).containsExactly("pause", "task", "resume", "task", "task", "task");
    }

    @Test
    void refusesAtItsBoundButNotTheLastWord() {
        List<Runnable> threads = new ArrayList<>();
        Mailbox mailbox = mailbox(threads::add, 100, 2);

        assertThat(mailbox.post(() -> {})).isTrue();
        assertThat(mailbox.post(() -> {})).isTrue();
        assertThat(mailbox.post(() -> {})).isFalse();
        AtomicInteger ran = new AtomicInteger();
        mailbox.postAlways(ran::incrementAndGet);
        threads.removeFirst().run();
        assertThat(ran).hasValue(1);
    }

    @Test
    void outlivesATaskThatFails() {
        Mailbox mailbox = mailbox(Runnable::run, 100, 100);
        mailbox.post(() -> {
            throw new IllegalStateException("on purpose");
        });
        AtomicInteger ran = new AtomicInteger();
        mailbox.post(ran::incrementAndGet);
        assertThat(ran).hasValue(1);
    }

    @Test
    void outlivesAnError() {
        Mailbox mailbox = mailbox(Runnable::run, 100, 100);
        mailbox.post(() -> {
            throw new StackOverflowError("on purpose");
        });
        AtomicInteger ran = new AtomicInteger();
        mailbox.post(ran::incrementAndGet);
        assertThat(ran).hasValue(1);
    }

    private Mailbox mailbox(java.util.concurrent.Executor executor, int pauseAt, int limit) {
        return new Mailbox(executor, pauseAt, limit, reading -> source.add(reading ? "resume" : "pause"));
    }
}
