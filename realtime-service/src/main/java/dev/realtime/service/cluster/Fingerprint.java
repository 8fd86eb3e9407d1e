package dev.realtime.service.cluster;

import dev.realtime.service.identity.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What two instances compare in place of a secret: HMAC-SHA256 with the secret as its key over the variable's name and
 * the salt of this Redis, the first 16 bytes of it.
 *
 * <p>Whoever reads it in Redis can only try secrets one by one, and with the salt only for this Redis; the secrets have
 * at least 32 bytes and 16 characters, so there is no use in making one try slower.
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
