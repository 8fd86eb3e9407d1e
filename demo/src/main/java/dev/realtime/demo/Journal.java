package dev.realtime.demo;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The demo's log: one line per message, with the time in front. */
final class Journal {

    private final PrintStream out;
    private final Set<String> saidOnce = ConcurrentHashMap.newKeySet();

    Journal(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }

    /** Logs a line that has not been logged before. */
    void sayOnce(String line) {
        if (saidOnce.add(line)) {
            say(line);
        }
    }

    /** Wraps a task so that its exceptions do not end the demo; each kind is logged once. */
    Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                sayOnce("The demo has a fault: " + e);
            }
        };
    }
}
