package dev.realtime.stream.binder.redis.wire;

import java.nio.charset.StandardCharsets;
import org.springframework.util.Assert;

/** The keys of streams, and of further keys that must be in the same Redis Cluster slot as their stream. */
public final class StreamKeys {

    private StreamKeys() {}

    /** Encodes a key. */
    public static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A further key of a stream. It starts with the stream's key, so that a permission for {@code <key>*} covers both,
     * and has the same hash tag: the stream's own, if any, otherwise the whole key.
     */
    public static String beside(String stream, String purpose, String name) {
        return stream + (hasHashTag(stream) ? "" : ":{" + stream + "}") + ":" + purpose + ":" + name;
    }

    /** The key that remembers the entry added under an idempotence key: its id, a space, its fingerprint. */
    public static String idempotence(String stream, String key) {
        return beside(stream, "idempotence", key);
    }

    /** Whether Redis Cluster hashes only a part of the key. */
    private static boolean hasHashTag(String key) {
        int open = key.indexOf('{');
        return open >= 0 && key.indexOf('}', open + 1) > open + 1;
    }

    /** Refuses a key whose slot no further key can share. */
    public static String requireTaggable(String key) {
        Assert.hasText(key, "The key of a stream must not be empty");
        Assert.isTrue(
                hasHashTag(key) || key.indexOf('{') < 0 && key.indexOf('}') < 0,
                () -> "A destination with '{' or '}' needs a hash tag, as in orders{eu}: " + key);
        return key;
    }
}
