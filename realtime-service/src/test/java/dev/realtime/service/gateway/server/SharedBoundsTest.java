package dev.realtime.service.gateway.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.service.gateway.budget.TestBudgets;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.limits.LimitProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What a session may hold fits into what its client may hold. */
class SharedBoundsTest {

    @Test
    void aSessionThatMayHoldMoreThanItsClientStopsTheStart() {
        ClientLimits limits = new ClientLimits(
                new LimitProperties(
                        50, Duration.ofSeconds(2), 20, 1, 100, DataSize.ofMegabytes(1), DataSize.ofMegabytes(8), 2, 20),
                address -> false);
        // A client may hold 8 MB.
        new SharedBounds(limits, TestBudgets.usual(new SimpleMeterRegistry()), 8 << 20);
        assertThatThrownBy(() -> new SharedBounds(limits, TestBudgets.usual(new SimpleMeterRegistry()), (8 << 20) + 1))
                .hasMessageContaining("realtime.budget.per-client")
                .hasMessageContaining("realtime.engine.max-payload");
    }
}
