package dev.realtime.demo;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line's options.
 *
 * @param urls the addresses of the service's instances; at least one
 * @param operators number of operators
 * @param rate events per second, averaged over quiet and busy minutes
 * @param length the duration after which the demo ends by itself
 * @param seed the seed of the random numbers
 */
record DemoOptions(List<URI> urls, int operators, double rate, Duration length, long seed) {

    static final String HELP = """
            Usage: java -jar realtime-demo.jar [options]
            A simulated call centre for a running service: operators and directors who come and go, calls, orders and
            notifications. Runs until it is stopped or its time is over.

              --url URL,URL    the service's instances (default http://127.0.0.1:5009)
              --operators N    number of operators, 1 to 200 (default 40); there is one director for every eight
              --rate R         events per second on average, 0.1 to 50 (default 1.5)
              --minutes M      duration in minutes, 1 to 10080 (default 480)
              --seed S         seed of the random numbers (a whole number, default 1)
              --help           this text

            Signs tokens with JWT_SECRET and posts events with WEBHOOK_TOKEN. If they are unset, reads the service's files
            jwt-secret and webhook-token in the folder REALTIME_DATA_DIR (default data).
            """;

    DemoOptions {
        urls = List.copyOf(urls);
    }

    /** Reads {@code --name value} and {@code --name=value}. */
    static DemoOptions parse(List<String> arguments) throws RefusedException {
        List<URI> urls = List.of(URI.create("http://127.0.0.1:5009"));
        int operators = 40;
        double rate = 1.5;
        long minutes = 480;
        long seed = 1;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!List.of("--url", "--operators", "--rate", "--minutes", "--seed")
                    .contains(name)) {
                throw new RefusedException("Unknown argument \"" + argument + "\"; see --help.");
            }
            if (equals < 0 && ++i == arguments.size()) {
                throw new RefusedException(name + " needs a value; see --help.");
            }
            String value = equals < 0 ? arguments.get(i) : argument.substring(equals + 1);
            switch (name) {
                case "--url" -> urls = urls(value);
                case "--operators" -> operators = (int) whole(name, value, 1, 200);
                case "--rate" -> rate = rate(value);
                case "--minutes" -> minutes = whole(name, value, 1, 10_080);
                default -> seed = whole(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
            }
        }
        return new DemoOptions(urls, operators, rate, Duration.ofMinutes(minutes), seed);
    }

    private static List<URI> urls(String list) throws RefusedException {
        List<URI> urls = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            urls.add(url(text.strip()));
        }
        return urls;
    }

    /** Scheme, host and port, nothing more. */
    private static URI url(String text) throws RefusedException {
        try {
            URI url = URI.create(text);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean bare = url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null
                    && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
            if (web && url.getHost() != null && bare) {
                return url.resolve("/");
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            // Not a URL, or one without a path such as "mailto:x": refused below.
        }
        throw new RefusedException("--url must be addresses such as http://127.0.0.1:5009, separated by commas.");
    }

    private static long whole(String name, String value, long least, long most) throws RefusedException {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new RefusedException(
                least == Long.MIN_VALUE
                        ? name + " must be a whole number, not \"" + value + "\"."
                        : name + " must be a number from " + least + " to " + most + ", not \"" + value + "\".");
    }

    private static double rate(String value) throws RefusedException {
        try {
            double rate = Double.parseDouble(value);
            if (rate >= 0.1 && rate <= 50) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new RefusedException("--rate must be a number from 0.1 to 50, not \"" + value + "\".");
    }
}
