package dev.realtime.service.launch;

import dev.realtime.launch.DataFolder;
import dev.realtime.launch.Settings;
import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The jar's commands besides serving: {@code java -jar realtime-service.jar <command> …}, without a Spring context. */
public final class Commands {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private static final String HELP = """
            Usage: java -jar realtime-service.jar [--property=value …]   serve
                   java -jar realtime-service.jar token --help           make a token for a client
                   java -jar realtime-service.jar admin-token --help     make a token for the admin API
                   java -jar realtime-service.jar redis --help           run the embedded Redis on its own
            """;

    private Commands() {}

    /**
     * Runs the command that the arguments begin with.
     *
     * @return the exit code: 0, 1 for a failure, 2 for invalid arguments; null when the arguments begin with no
     *     command, so that the service is to start
     */
    public static @Nullable Integer run(String... arguments) {
        return run(System.out, System.err, arguments);
    }

    static @Nullable Integer run(PrintStream out, PrintStream err, String... arguments) {
        if (arguments.length == 0) {
            return null;
        }
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        return switch (arguments[0]) {
            case "token" -> run(out, err, "token", TokenCommand.HELP, rest, TokenCommand::run);
            case "admin-token" -> run(out, err, "admin-token", AdminTokenCommand.HELP, rest, AdminTokenCommand::run);
            case "redis" -> run(out, err, "redis", RedisCommand.HELP, rest, RedisCommand::run);
            case "--help", "-h", "help" -> {
                out.print(HELP);
                yield OK;
            }
            default -> {
                if (arguments[0].startsWith("-")) {
                    yield null;
                }
                err.println("Unknown command \"" + arguments[0] + "\". See --help.");
                yield MISUSED;
            }
        };
    }

    /** A command; its output is its result. */
    @FunctionalInterface
    private interface Command {

        String run(List<String> arguments) throws IOException;
    }

    private static int run(
            PrintStream out, PrintStream err, String name, String help, List<String> arguments, Command command) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(help);
            return OK;
        }
        try {
            out.println(command.run(arguments));
            return OK;
        } catch (UsageException e) {
            err.println(e.getMessage() + " See: java -jar realtime-service.jar " + name + " --help");
            return MISUSED;
        } catch (StartupRefusedException e) {
            e.problems().forEach(err::println);
            return FAILED;
        } catch (IOException e) {
            err.println("Failed: " + DataFolder.reason(e));
            return FAILED;
        }
    }

    /** The settings from the environment of the process, as the service would see them. */
    static Settings settings(@Nullable String dataDir) {
        var environment = new StandardEnvironment();
        if (dataDir != null) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "options",
                            Map.of("realtime.data-dir", Path.of(dataDir).toString())));
        }
        return BriefVariables.settings(environment);
    }
}
