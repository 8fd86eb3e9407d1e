package dev.realtime.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final int FIRST = 100;

    private final Ledger ledger = new Ledger(FIRST, new int[] {2, 1});
    private final Cursor anna = ledger.cursor(0);
    private final Cursor boris = ledger.cursor(0);
    private final Cursor vera = ledger.cursor(1);

    @Test
    void acceptsTheSameOrderForEverybody() {
        int one = ledger.sent(0, 1);
        int two = ledger.sent(0);
        // The order of arrival determines the room's order, not that of sending.
        assertThat(ledger.received(anna, two)).isFalse();
        assertThat(ledger.received(anna, one)).isFalse();
        assertThat(ledger.received(boris, two)).isTrue();
        assertThat(ledger.received(boris, one)).isFalse();
        assertThat(ledger.received(vera, one)).isTrue();

        assertThat(ledger.delivered()).isEqualTo(5);
        assertThat(ledger.lost()).isZero();
        assertThat(ledger.doubled()).isZero();
        assertThat(ledger.misordered()).isZero();
        assertThat(ledger.isComplete(one)).isTrue();
    }

    @Test
    void countsDeliveriesOutOfOrder() {
        int one = ledger.sent(0);
        int two = ledger.sent(0);
        ledger.received(anna, one);
        ledger.received(anna, two);
        ledger.received(boris, two);
        assertThat(ledger.lost()).isEqualTo(1);
        ledger.received(boris, one);

        assertThat(ledger.misordered()).isEqualTo(1);
        assertThat(ledger.lost()).isZero();
    }

    @Test
    void countsMissingDeliveries() {
        ledger.sent(0, 1);
        int two = ledger.sent(0, 1);
        ledger.received(anna, two);
        ledger.received(boris, two);
        ledger.received(vera, two);

        assertThat(ledger.lost()).isEqualTo(3);
        assertThat(ledger.misordered()).isZero();
    }

    @Test
    void countsDuplicates() {
        int one = ledger.sent(1);
        int two = ledger.sent(1);
        ledger.received(vera, one);
        ledger.received(vera, one);
        ledger.received(vera, two);
        ledger.received(vera, one);

        assertThat(ledger.delivered()).isEqualTo(2);
        assertThat(ledger.doubled()).isEqualTo(2);
        assertThat(ledger.lost()).isZero();
    }

    @Test
    void refusedEventsAreNotExpected() {
        int one = ledger.sent(0);
        ledger.refused(one);

        assertThat(ledger.isComplete(one)).isTrue();
        assertThat(ledger.lost()).isZero();
    }

    @Test
    void deliveriesOfEarlierWindowsAreStrays() {
        ledger.sent(1);
        ledger.received(vera, FIRST - 1);

        assertThat(ledger.strays()).isEqualTo(1);
        assertThat(ledger.delivered()).isZero();
    }
}
