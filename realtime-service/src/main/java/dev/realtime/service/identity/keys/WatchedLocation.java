package dev.realtime.service.identity.keys;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A location, and the keys last read there, which stay while the location cannot be read. Every change is one line in
 * the log; a lasting state must not be logged again.
 */
final class WatchedLocation {

    private static final Logger log = LoggerFactory.getLogger(WatchedLocation.class);

    private final KeyLocation location;
    private volatile @Nullable KeyDocument last;
    private volatile boolean readable = true;

    WatchedLocation(KeyLocation location) {
        this.location = location;
    }

    /**
     * Reads the location for the first time.
     *
     * @return why the service must not start, as the rest of a sentence about the property; null when it may start,
     *     also while another service is unavailable
     */
    @Nullable
    String readFirst() {
        try {
            KeyDocument read = location.read();
            if (read.keys().isEmpty()) {
                return "names " + location + ", which has no key to verify tokens with"
                        + (read.skipped().isEmpty() ? "" : ": " + String.join("; ", read.skipped())) + ".";
            }
            take(read);
            return null;
        } catch (KeysUnreadableException e) {
            if (!e.isOutage()) {
                return "names " + location + ", which cannot be read: " + e.reason() + ".";
            }
            readable = false;
            log.error(
                    "{}: {} cannot be read: {}. Until it can, tokens signed with its keys are refused.",
                    KeyProperties.KEYS,
                    location,
                    e.reason());
            return null;
        }
    }

    /** Reads the location again. */
    synchronized void read() {
        try {
            KeyDocument read = location.read();
            if (!read.equals(last)) {
                take(read);
            }
            if (!readable) {
                readable = true;
                log.info("{}: {} can be read again", KeyProperties.KEYS, location);
            }
        } catch (KeysUnreadableException e) {
            if (readable) {
                readable = false;
                log.warn(
                        "{}: {} cannot be read: {}. Its last keys stay in use.",
                        KeyProperties.KEYS,
                        location,
                        e.reason());
            }
        }
    }

    List<VerificationKey> keys() {
        KeyDocument known = last;
        return known == null ? List.of() : known.keys();
    }

    boolean isReadable() {
        return readable;
    }

    private void take(KeyDocument read) {
        last = read;
        String keys = read.keys().stream()
                .map(key -> key.kid() + " (" + key.algorithm().alg() + ")")
                .collect(Collectors.joining(", "));
        if (keys.isEmpty()) {
            log.warn(
                    "{}: {} no longer has a key; tokens signed with its former keys are refused",
                    KeyProperties.KEYS,
                    location);
        } else {
            log.info("{}: {} has {}", KeyProperties.KEYS, location, keys);
        }
        if (!read.skipped().isEmpty()) {
            log.info("{}: ignoring keys at {}: {}", KeyProperties.KEYS, location, String.join("; ", read.skipped()));
        }
    }
}
