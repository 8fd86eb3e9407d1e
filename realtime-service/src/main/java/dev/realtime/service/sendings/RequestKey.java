package dev.realtime.service.sendings;

import dev.realtime.service.text.Sha256;
import java.time.Duration;
import java.util.HexFormat;

/**
 * A caller's idempotence key, which makes the same request harmless to repeat.
 *
 * @param digest names caller and key
 * @param fingerprint a digest of the request
 * @param remembered for how long
 */
public record RequestKey(String digest, String fingerprint, Duration remembered) {

    /**
     * @param by the caller
     * @param key the key, unique for the caller
     * @param request the request
     */
    public static RequestKey of(String by, String key, byte[] request, Duration remembered) {
        // A name cannot contain a line feed, and a key neither.
        return new RequestKey(hex(Sha256.of(by + "\n" + key)), hex(Sha256.of(request)), remembered);
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
