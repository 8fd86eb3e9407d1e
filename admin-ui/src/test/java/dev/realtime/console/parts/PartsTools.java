package dev.realtime.console.parts;

import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Tools of this package for the tests of other packages. */
public final class PartsTools {

    private PartsTools() {}

    public static CsvDownload.Csv csv(Writer writer) {
        return new CsvDownload.Csv(writer);
    }

    /** A budget whose clock advances by a second on each reading, so that nobody waits. */
    public static PageBudget fast() {
        AtomicLong now = new AtomicLong();
        return new PageBudget(() -> now.addAndGet(Duration.ofSeconds(1).toNanos()));
    }
}
