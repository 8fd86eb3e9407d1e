package dev.realtime.service.peersecrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What two instances compare in place of a secret: HMAC-SHA256 with the secret as its key over the variable's name and
 * the salt of this Redis, the first 16 bytes of it.
 *
 * <p>Whoever reads it in Redis can only try secrets one by one, and with the salt only for this Redis; the secrets have
 * at least 32 bytes and 16 characters, so there is no use in making one try slower.
 */
final class Fingerprint {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;

    private Fingerprint() {}

    static String of(String variable, String secret, String salt) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] whole =
                    mac.doFinal(("realtime fingerprint of " + variable + " " + salt).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(whole, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
