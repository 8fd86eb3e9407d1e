package dev.realtime.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PageBudgetTest {

    private final AtomicLong now = new AtomicLong();
    private final PageBudget budget = new PageBudget(now::get);

    private void pass(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void allowsAPagePerSecondInTheLongRun() {
        int pages = 0;
        for (int second = 0; second < 1_000; second++) {
            while (budget.takeToRefresh(1)) {
                pages++;
            }
            pass(1);
        }
        assertThat(pages).isBetween(1_000, 1_000 + PageBudget.BURST);
    }

    @Test
    void updatesLeaveAReserveForTheUser() {
        assertThat(budget.takeToRefresh(2)).isTrue();
        assertThat(budget.takeToRefresh(1)).isFalse();
        long before = System.nanoTime();
        budget.take();
        budget.take();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void itDoesNotSaveUp() {
        pass(3_600);
        assertThat(budget.takeToRefresh(3)).isFalse();
        assertThat(budget.takeToRefresh(2)).isTrue();
    }
}
