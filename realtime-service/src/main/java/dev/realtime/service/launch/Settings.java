package dev.realtime.service.launch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;

/** What was configured, blank values left out, each with the name its operator knows it by. */
final class Settings {

    /** Profile in which nothing is made up: no embedded Redis, hence no secrets of our own making either. */
    static final String PRODUCTION = "production";

    /** Where the data folder is unless {@code realtime.data-dir} says otherwise: below the working directory. */
    static final String DEFAULT_DATA_DIR = "data";

    private final ConfigurableEnvironment environment;

    private Settings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** Adds the brief's variables to the environment and reads from it. */
    static Settings of(ConfigurableEnvironment environment) {
        BriefVariables.addTo(environment);
        return new Settings(environment);
    }

    /**
     * A configured value and where it came from.
     *
     * @param name the variable, or the property when the value is not the variable's
     * @param value never blank
     */
    record Setting(String name, String value) {}

    /** The value of one of the {@linkplain BriefVariables brief's variables}, or null. */
    @Nullable
    Setting variable(String variable) {
        String property = property(variable);
        String value = value(property);
        if (value == null) {
            return null;
        }
        return new Setting(value.equals(value(variable)) ? variable : property, value);
    }

    static String property(String variable) {
        String property = BriefVariables.PROPERTIES.get(variable);
        if (property == null) {
            throw new IllegalArgumentException("not one of the brief's variables: " + variable);
        }
        return property;
    }

    /** A property's value, or null when it is unset or blank. */
    @Nullable
    String value(String property) {
        String value = environment.getProperty(property);
        return value == null || value.isBlank() ? null : value;
    }

    /** Whether a Redis is configured by any of the ways Spring Data Redis knows: host, URL, Sentinel or Cluster. */
    boolean redisConfigured() {
        return value("spring.data.redis.host") != null
                || value("spring.data.redis.url") != null
                || value("spring.data.redis.sentinel.master") != null
                || listed("spring.data.redis.sentinel.nodes")
                || listed("spring.data.redis.cluster.nodes");
    }

    private boolean listed(String property) {
        return value(property) != null || value(property + "[0]") != null;
    }

    boolean production() {
        return environment.acceptsProfiles(Profiles.of(PRODUCTION));
    }

    /** The data folder's absolute path; the folder need not exist. */
    Path dataDir() {
        String configured = value("realtime.data-dir");
        return Path.of(configured == null ? DEFAULT_DATA_DIR : configured)
                .toAbsolutePath()
                .normalize();
    }
}
