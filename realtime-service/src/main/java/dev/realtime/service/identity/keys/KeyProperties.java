package dev.realtime.service.identity.keys;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The locations of the public keys that verify tokens, in addition to {@code JWT_SECRET}.
 *
 * @param keys at most {@value #MAX_LOCATIONS} files with PEM public keys, a JWK or a JWK Set, and {@code https://} URLs
 *     of JWK Sets; {@code http://} on this machine only
 * @param keysRefresh how often every location is read again; 1 s to 1 day
 */
@ConfigurationProperties("realtime.identity")
record KeyProperties(
        @DefaultValue List<String> keys, @DefaultValue("5m") Duration keysRefresh) {

    static final int MAX_LOCATIONS = 10;

    static final String KEYS = "realtime.identity.keys";

    KeyProperties {
        keys = keys.stream().map(String::strip).filter(key -> !key.isEmpty()).toList();
        if (keys.size() > MAX_LOCATIONS) {
            throw new IllegalArgumentException(KEYS + " may have at most " + MAX_LOCATIONS + " locations");
        }
        for (String key : keys) {
            try {
                KeyLocation.of(key);
            } catch (IllegalArgumentException e) {
                // Without the cause: Spring prints only the innermost message, which does not name the property.
                throw new IllegalArgumentException(KEYS + " " + e.getMessage() + ".");
            }
        }
        if (keysRefresh.compareTo(Duration.ofSeconds(1)) < 0 || keysRefresh.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "realtime.identity.keys-refresh must be from 1s to 1d, but is " + keysRefresh + ".");
        }
    }

    List<KeyLocation> locations() {
        return keys.stream().distinct().map(KeyLocation::of).toList();
    }
}
