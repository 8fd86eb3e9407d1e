package dev.realtime.frontdoor.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a limit may be. */
class LimitsTest {

    private static Arguments wrong(String message, UnaryOperator<LimitsBuilder> change) {
        return Arguments.of(message, change);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("head-timeout must be more than zero", limits -> limits.headTimeout(Duration.ZERO)),
                wrong("drain-timeout must be more than zero", limits -> limits.drainTimeout(Duration.ofSeconds(-1))),
                wrong("max-headers must be from 1024B to 65536B", limits -> limits.maxHeaders(1 << 20)),
                wrong("max-body must be from", limits -> limits.maxBody(1)),
                wrong("backlog must be from 1", limits -> limits.backlog(0)),
                wrong("max-backend-connections must be from 1", limits -> limits.maxBackendConnections(0)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isRefusedByName(String message, UnaryOperator<LimitsBuilder> change) {
        LimitsBuilder builder = change.apply(Limits.DEFAULTS.but());
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(message);
    }

    @Test
    void whatIsNotSetStaysAsItWas() {
        assertThat(Limits.DEFAULTS.but().build()).isEqualTo(Limits.DEFAULTS);
        Limits changed = Limits.DEFAULTS.but().maxDrain(0).build();
        assertThat(changed.maxDrain()).isZero();
        assertThat(changed.but().maxDrain(Limits.DEFAULTS.maxDrain()).build()).isEqualTo(Limits.DEFAULTS);
    }
}
