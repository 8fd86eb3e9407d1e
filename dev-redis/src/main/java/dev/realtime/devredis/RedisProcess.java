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
 * The redis-server of a data folder: finds it, starts it, ends it. {@link EmbeddedRedis} decides when, and holds the
 * folder's lock meanwhile.
 *
 * <p>The server daemonizes: it is not a child process, a terminal's Ctrl-C does not reach it, and it survives a killed
 * service with its data. It is found again by its configuration file, which holds the port and the password and is
 * readable by its owner only; neither ever appears on a command line.
 */
final class RedisProcess {

    private static final String PID_FILE = "redis/redis.pid";
    private static final String LOG_FILE = "redis/redis.log";

    private static final int PORTS_TO_TRY = 5;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    /** A server that does not answer for this long hangs and may be ended. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    /** Loading an append-only file of gigabytes takes long; the server reports meanwhile that it is loading. */
    private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration END_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(25);

    private final DataFolder folder;
    private final EmbeddedOptions options;
    private final Path redisFolder;

    /** For looking for a server; one that has to be started gets the defaults. */
    RedisProcess(DataFolder folder) {
        this(folder, EmbeddedOptions.DEFAULTS);
    }

    /** @param options how to start the server, if it has to be started */
    RedisProcess(DataFolder folder, EmbeddedOptions options) {
        this.options = options;
        this.folder = folder;
        this.redisFolder = folder.resolve("redis");
    }

    /** The server left by an earlier start if it is this folder's and answers, otherwise null. Changes nothing. */
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

    /** The running server, once it has loaded its data, or else a new one. */
    RunningRedis findOrLaunch() throws IOException {
        RunningRedis found = find();
        return found == null || awaitAnswer(found.port(), found.password()) == null ? launch() : found;
    }

    /**
     * Starts a server after ending a predecessor that no longer answers. It reuses the predecessor's password and, if
     * free, its port, so that clients of a dead server find the new one.
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

    /** Ends the server after it has written its data. */
    void end(RunningRedis running) throws IOException {
        ProcessHandle process = ProcessHandle.of(running.pid()).orElse(null);
        try (RedisProbe probe = RedisProbe.connect(running.port(), running.password(), END_TIMEOUT)) {
            probe.shutdown();
        } catch (IOException e) {
            // It has ended already, or it hangs; the process is checked below.
        }
        if (process != null) {
            end(process, END_TIMEOUT);
        }
    }

    /** Returns null if another program has the port. */
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
        // The server must not see the secrets in this process's environment.
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
            // The C library's text for a port in use varies; this text is Redis' own.
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

    /** Also checks the folder: a copy of this folder has the same password. */
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

    /**
     * Ends the process of the PID file if it was started with this folder's configuration; the id may be another
     * process's by now.
     */
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
                // endSilentOne() recognizes the process by its arguments.
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
