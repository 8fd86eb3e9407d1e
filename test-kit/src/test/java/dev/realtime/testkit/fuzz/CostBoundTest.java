package dev.realtime.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A measure that sees nothing would prove nothing. */
class CostBoundTest {

    @Test
    void seesWhatIsQuadratic() {
        assertThatThrownBy(() -> CostBound.assertBounded(new Quadratic(), byte[]::new))
                .isInstanceOf(AssertionError.class);
    }

    private static final class Quadratic implements Target {

        private long sum;

        @Override
        public String name() {
            return "quadratic";
        }

        @Override
        public byte[] generate(RandomGenerator random) {
            return new byte[0];
        }

        @Override
        public Outcome take(byte[] input) {
            long steps = (long) input.length * input.length / CostBound.FACTOR;
            for (long i = 0; i < steps; i++) {
                sum = sum * 31 + i;
            }
            return () -> "sum " + sum;
        }

        @Override
        public int bytesPerByte() {
            return 0;
        }
    }
}
