package dev.realtime.launch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;

/** The configured values except blank ones, each with the name operators know it by. */
public final class Settings {

    /** The profile that generates nothing: neither an embedded Redis nor secrets. */
    public static final String PRODUCTION = "production";

    /** The default of {@code realtime.data-dir}, relative to the working directory. */
    public static final String DEFAULT_DATA_DIR = "data";

    private final ConfigurableEnvironment environment;
    private final Variables variables;

    private Settings(ConfigurableEnvironment environment, Variables variables) {
        this.environment = environment;
        this.variables = variables;
    }

    /** Adds the variables to the environment and reads from it. */
    public static Settings of(ConfigurableEnvironment environment, Variables variables) {
        variables.addTo(environment);
        return new Settings(environment, variables);
    }

    /**
     * A configured value and its source.
     *
     * @param name the variable, or the property if the value does not come from the variable
     * @param value never blank
     */
    public record Setting(String name, String value) {}

    /** The value of one of the variables, or null if it is unset or blank. */
    @Nullable
    public Setting variable(String variable) {
        String property = property(variable);
        String value = value(property);
        if (value == null) {
            return null;
        }
        return new Setting(value.equals(value(variable)) ? variable : property, value);
    }

    /** The property that one of the variables sets. */
    public String property(String variable) {
        return variables.property(variable);
    }

    /** A property's value, or null if it is unset or blank. */
    @Nullable
    public String value(String property) {
        String value = environment.getProperty(property);
        return value == null || value.isBlank() ? null : value;
    }

    /** Whether a Redis is configured in any way that Spring Data Redis supports: host, URL, Sentinel or Cluster. */
    public boolean redisConfigured() {
        return value("spring.data.redis.host") != null
                || value("spring.data.redis.url") != null
                || value("spring.data.redis.sentinel.master") != null
                || listed("spring.data.redis.sentinel.nodes")
                || listed("spring.data.redis.cluster.nodes");
    }

    private boolean listed(String property) {
        return value(property) != null || value(property + "[0]") != null;
    }

    public boolean production() {
        return environment.acceptsProfiles(Profiles.of(PRODUCTION));
    }

    /** The data folder's absolute path; the folder need not exist. */
    public Path dataDir() {
        String configured = value("realtime.data-dir");
        return Path.of(configured == null ? DEFAULT_DATA_DIR : configured)
                .toAbsolutePath()
                .normalize();
    }
}
