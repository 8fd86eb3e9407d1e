package dev.realtime.stream.binder.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form of {@link FaultSuite}: each setting for a moment. */
class FaultsTest {

    private static final Duration LENGTH = Duration.ofSeconds(1);
    private static final long SEED = 7;

    @Test
    void nothingIsLostWhereTheServerForgetsNothing() {
        keepsEverything(run(Faults.mixed(), 5));
    }

    @Test
    void aKilledConsumerLeavesNothingUndone() {
        keepsEverything(run(Faults.consumerKilled(), 1));
    }

    private static void keepsEverything(FaultRun.Row row) {
        assertThat(row.accepted()).isEqualTo(row.posted());
        assertThat(row.anonymous().lost()).isZero();
        assertThat(row.anonymous().doubled()).isZero();
        assertThat(row.group().lost()).isZero();
    }

    static List<Faults> whatTheServerForgetsIsTold() {
        return Faults.forgetting();
    }

    @ParameterizedTest
    @MethodSource
    void whatTheServerForgetsIsTold(Faults faults) {
        assertThat(run(faults, 2).silent()).isZero();
    }

    private static FaultRun.Row run(Faults faults, int incidents) {
        try (FaultRun run = new FaultRun(faults, SEED)) {
            FaultRun.Row row = run.run(LENGTH, incidents);
            System.out.println(FaultRun.Row.HEAD);
            System.out.println(row);
            return row;
        }
    }
}
