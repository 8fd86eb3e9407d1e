package dev.realtime.service.recovery;

import dev.realtime.service.text.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A session's private id: a client that presents it, with a token of the same user, is given the session. The pid is a
 * credential: it is told only to its client, and never stored or printed. Redis and memory hold only its {@link Hash}.
 */
public final class Pid {

    private static final int BYTES = 20;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{27}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private Pid(String text) {
        this.text = text;
    }

    /** A new pid of 160 random bits. */
    public static Pid random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Pid(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Parses what a client presents; empty if no instance can have issued it. */
    public static Optional<Pid> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Pid(text)) : Optional.empty();
    }

    /** The pid itself, for its client alone. */
    public String secret() {
        return text;
    }

    Hash hash() {
        return Hash.of(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pid pid
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.US_ASCII), pid.text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Omits the secret. */
    @Override
    public String toString() {
        return "Pid[…]";
    }

    /** The first 16 bytes of the pid's SHA-256: names the session without revealing the pid. */
    record Hash(long high, long low) {

        private static Hash of(String pid) {
            ByteBuffer digest = ByteBuffer.wrap(Sha256.of(pid));
            return new Hash(digest.getLong(), digest.getLong());
        }

        /** 22 characters of base64url. */
        String text() {
            byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }
}
