package dev.realtime.benchmarks.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program on one core, with its output in a file; ends with this process at the latest. */
final class Program implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final long GRACE_SECONDS = 30;

    private final Process process;
    private final Path log;
    private final Thread last;

    /**
     * @param core the processor it may use, counted from 0
     * @param environment variables in addition to this process' own
     */
    Program(int core, List<String> command, Map<String, String> environment, Path folder, Path log) {
        this.log = log;
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        pinned.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(pinned)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        last = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(last);
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the condition holds, checking every 100 ms. */
    void await(BooleanSupplier ready) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("A server did not start; see " + log.getFileName());
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                close();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Ends the program, forcibly if it does not end in time. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(last);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // This process is ending itself.
            process.destroyForcibly();
        }
    }
}
