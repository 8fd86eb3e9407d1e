package dev.realtime.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;

/** The command line: exits with code 2 and one sentence on wrong arguments, otherwise runs until the time is over. */
public final class DemoMain {

    private static final int REFUSED = 2;

    private DemoMain() {}

    /** Ends the process. On SIGTERM all tabs are closed first. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (arguments.contains("--help")) {
            out.print(DemoOptions.HELP);
            return 0;
        }
        DemoOptions options;
        DemoSecrets secrets;
        try {
            options = DemoOptions.parse(arguments);
            secrets = DemoSecrets.of(environment);
        } catch (RefusedException e) {
            err.println(e.getMessage());
            return REFUSED;
        }
        // The client library logs, with stack traces, what the journal reports in one line.
        LogManager.getLogManager().getLogger("").setLevel(Level.OFF);
        CallCentre centre = new CallCentre(options, secrets, new Journal(out));
        Runtime.getRuntime().addShutdownHook(new Thread(centre::close, "end"));
        centre.start();
        try {
            Thread.sleep(options.length());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
