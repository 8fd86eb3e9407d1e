package dev.realtime.service.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CanariesTest {

    private static final Duration LOST_AFTER = Duration.ofSeconds(10);

    private final Canaries canaries = new Canaries();

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }

    @Test
    void theFirstStageThatItDidNotPassIsWhereItWasLost() {
        long number = canaries.send(0, 5_000);
        assertThat(canaries.overdue(seconds(9), LOST_AFTER)).isEmpty();
        assertThat(canaries.overdue(seconds(10), LOST_AFTER).orElseThrow().stage())
                .isEqualTo(Stage.PUBLISH);
        canaries.notPublished(number, "OOM");
        assertThat(canaries.overdue(seconds(10), LOST_AFTER).orElseThrow().failure())
                .isEqualTo("OOM");
        canaries.published(number);
        var unread = canaries.overdue(seconds(14), LOST_AFTER).orElseThrow();
        assertThat(unread.stage()).isEqualTo(Stage.READ);
        assertThat(unread.sentAt()).isEqualTo(5_000);
        assertThat(unread.waiting()).hasSeconds(14);
        assertThat(canaries.read(number, seconds(14))).isTrue();
        assertThat(canaries.overdue(seconds(14), LOST_AFTER).orElseThrow().stage())
                .isEqualTo(Stage.FAN_OUT);
        canaries.back(number, seconds(15));
        assertThat(canaries.overdue(seconds(99), LOST_AFTER)).isEmpty();
        assertThat(canaries.lastBackSentAt()).isEqualTo(5_000);
    }

    @Test
    void oneThatComesBackAnswersForAllBeforeIt() {
        canaries.send(0, 1);
        long second = canaries.send(seconds(3), 2);
        canaries.send(seconds(6), 3);
        canaries.back(second, seconds(7));
        assertThat(canaries.overdue(seconds(15), LOST_AFTER)).isEmpty();
        assertThat(canaries.overdue(seconds(16), LOST_AFTER).orElseThrow().sentAt())
                .isEqualTo(3);
    }

    @Test
    void howeverManyAreLostTheFirstOneIsKnown() {
        for (int n = 0; n < 1_000; n++) {
            canaries.send(seconds(n), n);
        }
        assertThat(canaries.overdue(seconds(1_000), LOST_AFTER).orElseThrow().sentAt())
                .isZero();
        canaries.back(1_000, seconds(1_001));
        assertThat(canaries.overdue(seconds(2_000), LOST_AFTER)).isEmpty();
    }

    @Test
    void oneThatWasNeverSentSaysNothing() {
        canaries.send(0, 1);
        assertThat(canaries.read(999, seconds(1))).isFalse();
        canaries.back(999, seconds(1));
        assertThat(canaries.overdue(seconds(10), LOST_AFTER)).isPresent();
        assertThat(canaries.backAt()).isZero();
    }

    @Test
    void whatIsForgottenIsNotMissed() {
        canaries.send(0, 1);
        canaries.forget();
        assertThat(canaries.overdue(seconds(99), LOST_AFTER)).isEmpty();
    }
}
