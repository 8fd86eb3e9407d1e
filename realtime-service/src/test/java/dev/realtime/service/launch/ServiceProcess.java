package dev.realtime.service.launch;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged jar as a process of its own, with the variables it is given and no others, in a folder of its own. */
final class ServiceProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "realtime-service.jar").toAbsolutePath();
    private static final Duration START = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;

    private ServiceProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Runs the jar in a folder; its output goes to a file beside that folder. */
    static ServiceProcess start(Path folder, Map<String, String> variables, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                // It lives for seconds: what a better compiler would find out comes too late.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder.toAbsolutePath().getParent(), "output", ".log");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return new ServiceProcess(builder.start(), output);
    }

    /** Serves on a free port of loopback. */
    static ServiceProcess serve(Path folder, Map<String, String> variables) throws IOException {
        return start(folder, variables, "--realtime.port=0", "--realtime.bind-address=127.0.0.1");
    }

    ServiceProcess awaitStarted() {
        await("the service to have started")
                .atMost(START)
                .until(() -> output().contains("Started RealtimeServiceApplication") || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("the service ended at its start:\n" + output());
        }
        return this;
    }

    /** Its exit code, once it has ended by itself. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the service goes on:\n" + output());
        }
        return process.exitValue();
    }

    /** SIGTERM, and waits for its end. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitExit();
    }

    /** SIGKILL, and waits for its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    boolean alive() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
