package dev.realtime.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens of operators: HS256, valid for twelve hours. */
public final class Tokens {

    private static final long VALID_SECONDS = 12 * 3600L;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

    private final Mac mac;

    public Tokens(String secret) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token of an operator whose city is {@code city}. */
    String operator(int id, String city) {
        long now = Instant.now().getEpochSecond();
        String claims =
                "{\"sub\":\"%d\",\"userId\":%d,\"role\":\"operator\",\"name\":\"Оператор %d\",\"login\":\"op%d\",\"cities\":[\"%s\"],\"iat\":%d,\"exp\":%d}"
                        .formatted(id, id, id, id, city, now, now + VALID_SECONDS);
        String signed = HEADER + '.' + part(claims);
        byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + '.' + BASE64.encodeToString(signature);
    }

    private static String part(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
