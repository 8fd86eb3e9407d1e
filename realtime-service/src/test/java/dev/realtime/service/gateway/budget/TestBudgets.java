package dev.realtime.service.gateway.budget;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.util.unit.DataSize;

/** Budgets for tests of what uses them. */
public final class TestBudgets {

    private TestBudgets() {}

    /** The usual ones, of a heap of 4 GB, with no address behind which there are several clients but loopback. */
    public static ByteBudgets usual(MeterRegistry meters) {
        return ofHeap(4L << 30, meters);
    }

    /** As usual, but of a heap of so many bytes. */
    public static ByteBudgets ofHeap(long bytes, MeterRegistry meters) {
        return new ByteBudgets(
                new BudgetProperties(0.2, 0.15, DataSize.ofKilobytes(32), DataSize.ofMegabytes(8)),
                address -> false,
                meters,
                bytes);
    }
}
