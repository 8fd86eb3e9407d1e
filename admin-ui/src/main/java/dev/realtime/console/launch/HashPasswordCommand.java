package dev.realtime.console.launch;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * {@code hash-password}: hashes a password, for {@code CONSOLE_ADMIN_PASSWORD_HASH} and similar variables. The password
 * is never an argument, since other users of the machine can see arguments.
 */
public final class HashPasswordCommand {

    static final String USAGE = "java -jar admin-ui.jar hash-password";

    private static final String HELP = """
            Usage: java -jar admin-ui.jar [--property=value …]   serve the console
                   java -jar admin-ui.jar hash-password          print the bcrypt hash of a password, asked for on the
                                                                 terminal, or read as one line from standard input
            """;

    private static final int FEWEST_CHARACTERS = 12;
    /** bcrypt ignores all bytes after these. */
    private static final int MOST_BYTES = 72;

    private static final int COST = 12;

    private HashPasswordCommand() {}

    /**
     * Runs the command the arguments begin with.
     *
     * @return the exit code: 0, 1 for an unsuitable password, 2 for invalid arguments; null if the arguments contain no
     *     command, so that the console starts
     */
    public static @Nullable Integer run(String... arguments) {
        return run(System.console(), System.in, System.out, System.err, arguments);
    }

    static @Nullable Integer run(
            @Nullable Console console, InputStream in, PrintStream out, PrintStream err, String... arguments) {
        if (arguments.length == 0) {
            return null;
        }
        String command = arguments[0];
        if (command.equals("hash-password") && arguments.length == 1) {
            return hash(console, in, out, err);
        }
        if (List.of("help", "-h", "--help").contains(command)) {
            out.print(HELP);
            return 0;
        }
        if (command.startsWith("-")) {
            return null;
        }
        err.print(HELP);
        return 2;
    }

    private static int hash(@Nullable Console console, InputStream in, PrintStream out, PrintStream err) {
        String password;
        try {
            password = console != null && console.isTerminal() ? ask(console) : line(in);
        } catch (IOException e) {
            err.println("The password could not be read: " + e.getMessage());
            return 1;
        }
        String problem = problem(password);
        if (problem != null) {
            err.println(problem);
            return 1;
        }
        out.println(new BCryptPasswordEncoder(COST).encode(password));
        return 0;
    }

    private static @Nullable String ask(Console console) {
        char[] password = console.readPassword("Password: ");
        return password == null ? null : new String(password);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    }

    private static @Nullable String problem(@Nullable String password) {
        if (password == null || password.codePointCount(0, password.length()) < FEWEST_CHARACTERS) {
            return "A password must have at least " + FEWEST_CHARACTERS + " characters.";
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return "A password must have at most " + MOST_BYTES + " bytes in UTF-8; bcrypt would ignore the rest.";
        }
        return null;
    }
}
