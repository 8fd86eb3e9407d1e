package dev.realtime.service.launch;

import dev.realtime.devredis.EmbeddedRedis;
import dev.realtime.devredis.RunningRedis;
import dev.realtime.launch.DataFolder;
import dev.realtime.launch.RedisVariables;
import dev.realtime.launch.Settings;
import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/** Runs the embedded Redis as a process of its own, independent of any service's life. */
final class RedisCommand {

    static final String HELP = """
        Usage: java -jar realtime-service.jar redis start|stop|status [--data-dir DIR]
        Starts or stops the embedded Redis of a data folder (default REALTIME_DATA_DIR, else ./data), or tells whether
        it is running. It runs in the background, on loopback only, and services with the same data folder use it.
        "stop" leaves it running while a service uses it.
        """;

    private RedisCommand() {}

    static String run(List<String> arguments) throws IOException {
        if (arguments.isEmpty()) {
            throw new UsageException("redis requires start, stop or status.");
        }
        Settings settings =
                Commands.settings(CommandOptions.parse(arguments.subList(1, arguments.size()), Set.of("data-dir"))
                        .get("data-dir"));
        return switch (arguments.getFirst()) {
            case "start" -> start(settings);
            case "stop" -> stop(settings);
            case "status" -> status(settings);
            default -> throw new UsageException("redis requires start, stop or status.");
        };
    }

    private static String start(Settings settings) throws IOException {
        if (settings.production()) {
            throw new StartupRefusedException(RedisVariables.productionProblem());
        }
        RunningRedis running =
                EmbeddedRedis.startDetached(DataFolder.open(settings.dataDir()), EmbeddedSettings.options(settings));
        return "Redis is " + (running.adopted() ? "already running" : "running") + " at " + running + " ("
                + running.program() + ").";
    }

    private static String stop(Settings settings) throws IOException {
        if (!Files.isDirectory(settings.dataDir())) {
            return "Redis is not running.";
        }
        return switch (EmbeddedRedis.stopDetached(DataFolder.open(settings.dataDir()))) {
            case ENDED -> "Redis has stopped.";
            case NOT_RUNNING -> "Redis is not running.";
            case IN_USE -> throw new StartupRefusedException("Redis keeps running: a service uses it.");
        };
    }

    private static String status(Settings settings) throws IOException {
        RunningRedis running =
                Files.isDirectory(settings.dataDir()) ? EmbeddedRedis.find(DataFolder.open(settings.dataDir())) : null;
        if (running == null) {
            throw new StartupRefusedException("Redis is not running.");
        }
        return "Redis is running at " + running + " (" + running.program() + ").";
    }
}
