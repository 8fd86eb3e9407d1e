package dev.realtime.console.parts;

import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What tests of other packages need of these parts. */
public final class PartsTools {

    private PartsTools() {}

    public static CsvDownload.Csv csv(Writer writer) {
        return new CsvDownload.Csv(writer);
    }

    /** A budget whose clock goes on by a second whenever it is looked at: nobody waits for it. */
    public static PageBudget fast() {
        AtomicLong now = new AtomicLong();
        return new PageBudget(() -> now.addAndGet(Duration.ofSeconds(1).toNanos()));
    }
}
