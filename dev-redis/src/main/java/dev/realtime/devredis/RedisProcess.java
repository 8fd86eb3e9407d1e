package dev.realtime.devredis;

import dev.realtime.launch.DataFolder;
import dev.realtime.launch.EmbeddedRedisAddress;
import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The redis-server of a data folder: finding it, starting it, ending it. Who may do so, and when, is
 * {@link EmbeddedRedis}' business; all of it happens under the folder's lock.
 *
 * <p>The server makes itself a daemon: it is nobody's child, a terminal's Ctrl-C does not reach it, and a killed
 * service leaves it running with its data. It is found again by its configuration file, which holds port and password
 * and is its owner's alone; no command line ever shows them.
 */
final class RedisProcess {

    private static final String PID_FILE = "redis/redis.pid";
    private static final String LOG_FILE = "redis/redis.log";

    private static final int PORTS_TO_TRY = 5;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    /** After this long without an answer a server hangs, and may be ended. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    /** An append-only file of gigabytes takes its time, and all the while the server answers that it is loading. */
    private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration END_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(25);

    private final DataFolder folder;
    private final EmbeddedOptions options;
    private final Path redisFolder;

    /** One that is looked for; should it be started, it is so with the defaults. */
    RedisProcess(DataFolder folder) {
        this(folder, EmbeddedOptions.DEFAULTS);
    }

    /** @param options how, should it be started */
    RedisProcess(DataFolder folder, EmbeddedOptions options) {
        this.options = options;
        this.folder = folder;
        this.redisFolder = folder.resolve("redis");
    }

    /** The server left by an earlier start, if it is ours and answers; null otherwise. Changes nothing. */
    @Nullable
    RunningRedis find() throws IOException {
        EmbeddedRedisAddress last = EmbeddedRedisAddress.read(folder);
        if (last == null) {
            return null;
        }
        RedisProbe.Answer answer = ask(last.port(), last.password(), SILENCE);
        if (answer == null) {
            return null;
        }
        return new RunningRedis(last.port(), last.password(), answer.pid(), true, answer.program());
    }

    /** The server found running, once it has read its files; else a new one. */
    RunningRedis findOrLaunch() throws IOException {
        RunningRedis found = find();
        return found == null || awaitAnswer(found.port(), found.password()) == null ? launch() : found;
    }

    /**
     * Starts a server, having ended one of ours that no longer answers. It gets the last one's port where that is
     * free, and its password, so that clients of a server that died find its successor.
     */
    private RunningRedis launch() throws IOException {
        DataFolder.makeOwnFolder(redisFolder);
        Path program = RedisProgram.choose(options.program(), System.getenv("PATH"), redisFolder);
        endSilentOne();
        EmbeddedRedisAddress last = EmbeddedRedisAddress.read(folder);
        String password = last == null ? randomPassword() : last.password();
        int port = last == null ? freePort() : last.port();
        for (int attempt = 1; ; attempt++) {
            RunningRedis running = launch(program, port, password);
            if (running != null) {
                return running;
            }
            if (attempt == PORTS_TO_TRY) {
                throw refused("it found no free port", null);
            }
            port = freePort();
        }
    }

    /** Ends the server, its data written. */
    void end(RunningRedis running) throws IOException {
        ProcessHandle process = ProcessHandle.of(running.pid()).orElse(null);
        try (RedisProbe probe = RedisProbe.connect(running.port(), running.password(), END_TIMEOUT)) {
            probe.shutdown();
        } catch (IOException e) {
            // It is gone already, or hangs: either way the process decides.
        }
        if (process != null) {
            end(process, END_TIMEOUT);
        }
    }

    /** Null when another program has the port. */
    private @Nullable RunningRedis launch(Path program, int port, String password) throws IOException {
        Files.deleteIfExists(folder.resolve(PID_FILE));
        folder.write(LOG_FILE, "");
        folder.write(EmbeddedRedisAddress.CONFIGURATION, configuration(port, password));
        var builder = new ProcessBuilder(
                        program.toString(),
                        folder.resolve(EmbeddedRedisAddress.CONFIGURATION).toString())
                .directory(redisFolder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(LOG_FILE).toFile()));
        // The secrets in our environment are none of its business.
        builder.environment().clear();
        try {
            Process daemonizing = builder.start();
            if (!daemonizing.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || daemonizing.exitValue() != 0) {
                daemonizing.destroyForcibly();
                throw refused("it ended at once", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("it was interrupted", e);
        } catch (IOException e) {
            throw refused(DataFolder.reason(e), e);
        }
        return awaitAnswer(port, password);
    }

    private @Nullable RunningRedis awaitAnswer(int port, String password) throws IOException {
        long started = System.nanoTime();
        long deadline = started + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            // The words of the C library for a port in use differ; these are Redis' own.
            if (log().contains("Failed listening on port")) {
                return null;
            }
            RedisProbe.Answer answer = ask(port, password, PROBE_TIMEOUT);
            if (answer != null && !answer.loading()) {
                return new RunningRedis(port, password, answer.pid(), false, answer.program());
            }
            if (answer != null) {
                deadline = started + LOAD_TIMEOUT.toNanos();
            } else if (hasDied()) {
                throw refused("it ended at once", null);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        Long pid = pid();
        if (pid != null) {
            ProcessHandle.of(pid).ifPresent(process -> end(process, SILENCE));
        }
        throw refused("it did not answer in time", null);
    }

    /** Asks who is there; the password alone could be that of a copy of this folder. */
    private RedisProbe.@Nullable Answer ask(int port, String password, Duration timeout) throws IOException {
        RedisProbe.Answer answer = RedisProbe.ask(port, password, timeout);
        return answer != null && Files.exists(redisFolder) && Files.isSameFile(answer.folder(), redisFolder)
                ? answer
                : null;
    }

    private boolean hasDied() throws IOException {
        Long pid = pid();
        return pid != null
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Ends the process of the PID file if it runs on our file; a number that another process has by now is let be. */
    private void endSilentOne() throws IOException {
        Long pid = pid();
        ProcessHandle process = pid == null ? null : ProcessHandle.of(pid).orElse(null);
        if (process == null) {
            return;
        }
        String configuration =
                folder.resolve(EmbeddedRedisAddress.CONFIGURATION).toString();
        String[] arguments = process.info().arguments().orElse(new String[0]);
        if (Arrays.asList(arguments).contains(configuration)) {
            end(process, SILENCE);
        }
    }

    private static void end(ProcessHandle process, Duration patience) {
        process.destroy();
        if (!ended(process, patience)) {
            process.destroyForcibly();
            ended(process, END_TIMEOUT);
        }
    }

    private static boolean ended(ProcessHandle process, Duration timeout) {
        try {
            process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private @Nullable Long pid() throws IOException {
        String pid = folder.read(PID_FILE);
        return pid == null || !pid.matches("[0-9]{1,18}") ? null : Long.valueOf(pid);
    }

    private String configuration(int port, String password) {
        return String.join(
                "\n",
                "# Written at each start. Holds a password: keep it to its owner.",
                "bind 127.0.0.1",
                "protected-mode yes",
                "port " + port,
                "requirepass " + password,
                "daemonize yes",
                // A process that hangs is known by the file it was started with.
                "set-proc-title no",
                "dir " + quoted(redisFolder),
                "pidfile " + quoted(folder.resolve(PID_FILE)),
                "logfile " + quoted(folder.resolve(LOG_FILE)),
                "appendonly yes",
                "appendfsync everysec",
                "save \"\"",
                "maxmemory " + options.maxMemory(),
                "maxmemory-policy noeviction",
                "");
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String randomPassword() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve(LOG_FILE), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private StartupRefusedException refused(String reason, @Nullable Exception cause) {
        String log = log().strip();
        String lastLine = log.substring(log.lastIndexOf('\n') + 1);
        String text = "The embedded Redis in " + redisFolder + " could not be started: " + reason
                + (lastLine.isEmpty() ? "" : ". Its log ends with: " + lastLine)
                + "\nSet REDIS_HOST to use a Redis of your own.";
        return cause == null ? new StartupRefusedException(text) : new StartupRefusedException(text, cause);
    }
}
