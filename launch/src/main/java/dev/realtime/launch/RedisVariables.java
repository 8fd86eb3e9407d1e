package dev.realtime.launch;

import dev.realtime.launch.Settings.Setting;
import java.util.List;
import java.util.Map;

/** {@code REDIS_HOST}, {@code REDIS_PORT}, {@code REDIS_USERNAME} and {@code REDIS_PASSWORD}, and their check. */
public final class RedisVariables {

    public static final String HOST = "REDIS_HOST";
    public static final String PORT = "REDIS_PORT";
    public static final String USERNAME = "REDIS_USERNAME";
    public static final String PASSWORD = "REDIS_PASSWORD";

    /** The variables with the properties they set. */
    public static final Map<String, String> PROPERTIES = Map.of(
            HOST, "spring.data.redis.host",
            PORT, "spring.data.redis.port",
            USERNAME, "spring.data.redis.username",
            PASSWORD, "spring.data.redis.password");

    private RedisVariables() {}

    /** @param settings settings whose variables include these */
    public static void check(Settings settings, StartupProblems problems) {
        PortRule.check(settings.variable(PORT), 1, "", problems);
        if (settings.redisConfigured()) {
            checkUser(settings, problems);
            return;
        }
        for (String variable : List.of(PORT, USERNAME, PASSWORD)) {
            Setting orphan = settings.variable(variable);
            if (orphan != null) {
                problems.add(orphan.name() + " is set, but REDIS_HOST is not. Set REDIS_HOST to use that Redis, or"
                        + " unset " + orphan.name() + " to use the embedded one.");
            }
        }
        if (settings.production()) {
            problems.add(productionProblem());
        }
    }

    /** Without a password the client sends no user name, and Redis would treat the program as its default user. */
    private static void checkUser(Settings settings, StartupProblems problems) {
        Setting user = settings.variable(USERNAME);
        if (user != null && settings.variable(PASSWORD) == null) {
            problems.add(user.name() + " is set, but REDIS_PASSWORD is not. Set the password of that Redis user.");
        }
    }

    /** The problem of a start in profile {@code production} without a Redis. */
    public static String productionProblem() {
        return "REDIS_HOST must be set in profile " + Settings.PRODUCTION
                + ", which refuses the embedded Redis (or configure spring.data.redis.url, .sentinel or .cluster).";
    }
}
