package dev.realtime.service.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class HistoryReadsTest {

    private final HistoryReads reads = new HistoryReads();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Semaphore reading = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();

    private void occupy(String caller) throws InterruptedException {
        threads.add(Thread.startVirtualThread(() -> reads.read(caller, () -> "", unused -> {
            reading.release();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        })));
        reading.acquire();
    }

    @AfterEach
    void endAll() throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        String read = reads.read("user 1", () -> "a", found -> found + "b");
        assertThat(read).isEqualTo("ab");
    }

    private void refused(String caller, ErrorCode code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reads.read(caller, () -> "", unused -> ""))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void oneCallerCannotTakeAllPlaces() throws InterruptedException {
        for (int i = 0; i < HistoryReads.EACH; i++) {
            occupy("user 1");
        }
        refused("user 1", ErrorCode.OVERLOADED);
        String read = reads.read("user 2", () -> "re", found -> found + "ad");
        assertThat(read).isEqualTo("read");
    }

    @Test
    void whenAllPlacesAreTakenFurtherOnesAreRefused() throws InterruptedException {
        for (int i = 0; i < HistoryReads.AT_ONCE; i++) {
            occupy("user " + i);
        }
        refused("user 100", ErrorCode.OVERLOADED);
    }

    @Test
    void aRedisThatDoesNotAnswerIsSaid() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> reads.read(
                        "user 1",
                        () -> {
                            throw new QueryTimeoutException("late");
                        },
                        unused -> ""))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BACKPLANE_UNAVAILABLE));
    }
}
