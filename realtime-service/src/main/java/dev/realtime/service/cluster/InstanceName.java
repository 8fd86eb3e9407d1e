package dev.realtime.service.cluster;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * An instance's name: 8 random characters, for as long as the instance runs. All its session ids begin with the name,
 * which says nothing but "the same instance".
 *
 * @param value 8 characters of base64url
 */
public record InstanceName(String value) {

    private static final int BYTES = 6;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{8}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public InstanceName {
        if (!isName(value)) {
            throw new IllegalArgumentException("An instance's name must have 8 base64url characters");
        }
    }

    /** A name that no other instance has. */
    public static InstanceName random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new InstanceName(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether a text can be an instance's name. */
    public static boolean isName(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
