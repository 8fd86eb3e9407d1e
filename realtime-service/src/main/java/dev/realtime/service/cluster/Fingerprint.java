package dev.realtime.service.cluster;

import dev.realtime.service.identity.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A fingerprint that instances compare instead of a secret: the first 16 bytes of HMAC-SHA256, keyed with the secret,
 * over the variable's name and the salt of this Redis.
 *
 * <p>A reader of Redis can only try secrets one by one, and because of the salt only for this Redis. The secrets have
 * at least 32 bytes and 16 characters, so a slower hash would gain nothing.
 */
final class Fingerprint {

    private static final int BYTES = 16;

    private static final int SALT_BYTES = 16;

    private Fingerprint() {}

    /** A random salt. */
    static String newSalt() {
        byte[] random = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    static String of(String variable, String secret, String salt) {
        byte[] whole = HmacSha256.of(
                secret.getBytes(StandardCharsets.UTF_8), "realtime fingerprint of " + variable + " " + salt);
        return HexFormat.of().formatHex(whole, 0, BYTES);
    }
}
