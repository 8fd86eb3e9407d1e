package dev.realtime.demo;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The demo's log: one line for each thing worth one, with the time in front. */
final class Journal {

    private final PrintStream out;
    private final Set<String> saidOnce = ConcurrentHashMap.newKeySet();

    Journal(PrintStream out) {
        this.out = out;
    }

    void say(String line) {
        out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }

    /** For what would be the same again and again. */
    void sayOnce(String line) {
        if (saidOnce.add(line)) {
            say(line);
        }
    }

    /** What must not end the demo, and should not be: a line for each kind. */
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
