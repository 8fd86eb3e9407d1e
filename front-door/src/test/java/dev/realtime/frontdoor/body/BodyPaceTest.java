package dev.realtime.frontdoor.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyPaceTest {

    private long nanos = 5_000_000_000L;
    private final BodyPace pace = new BodyPace(Duration.ofSeconds(10), 1000, 1024 * 1024, () -> nanos);

    /** Lets the time pass after which the front door looks. */
    private boolean overdueNextTime(boolean heldBack) {
        nanos += pace.patience().toNanos();
        return pace.overdue(heldBack);
    }

    @Test
    void aShortBodyHasTheAllowanceAndWhatItsLengthTakes() {
        pace.start(2000);
        assertThat(pace.patience()).isEqualTo(Duration.ofSeconds(10));
        assertThat(overdueNextTime(false)).isFalse();
        assertThat(pace.patience()).isEqualTo(Duration.ofSeconds(2));
        assertThat(overdueNextTime(false)).isTrue();
    }

    @Test
    void fastBytesEarnNothing() {
        pace.start(1_000_000);
        pace.received(900_000);
        assertThat(overdueNextTime(false)).isFalse();
        pace.received(4_999);
        assertThat(overdueNextTime(false)).isTrue();
    }

    @Test
    void theLeastRateInEveryWindowIsEnoughUntilTheDeadline() {
        pace.start(60_000);
        int windows = 0;
        while (!overdueNextTime(false)) {
            pace.received(5_000);
            windows++;
        }
        // After 10 s of allowance, 15 s and so on; after 70 s the deadline is over.
        assertThat(windows).isEqualTo(12);
    }

    @Test
    void aChunkedBodyCountsAsTheLargest() {
        pace.start(-1);
        int windows = 0;
        while (!overdueNextTime(false)) {
            pace.received(1_000_000);
            windows++;
        }
        assertThat(windows).isBetween(1048 / 5, 1048 / 5 + 3);
    }

    @Test
    void aClientThatWasHeldBackIsNotBlamed() {
        pace.start(1000);
        for (int i = 0; i < 100; i++) {
            assertThat(overdueNextTime(true)).isFalse();
        }
        assertThat(overdueNextTime(false)).isTrue();
    }
}
