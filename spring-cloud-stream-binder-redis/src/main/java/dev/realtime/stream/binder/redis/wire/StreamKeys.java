package dev.realtime.stream.binder.redis.wire;

import java.nio.charset.StandardCharsets;
import org.springframework.util.Assert;

/** Keys of streams, and of what belongs to a stream and must live in the same slot of a Redis Cluster. */
public final class StreamKeys {

    private StreamKeys() {}

    /** The bytes of a key. */
    public static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** A key next to the stream's: it carries the stream's hash tag. */
    public static String beside(String stream, String purpose, String name) {
        return "{" + hashTag(stream) + "}:" + stream + ":" + purpose + ":" + name;
    }

    /** What Redis Cluster hashes of the key. */
    static String hashTag(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open + 1);
        return close > open + 1 ? key.substring(open + 1, close) : key;
    }

    /** Refuses a key whose slot no other key could share. */
    public static String requireTaggable(String key) {
        Assert.hasText(key, "The key of a stream must not be empty");
        Assert.isTrue(
                hashTag(key).indexOf('}') < 0,
                () -> "A destination with a '}' needs a hash tag before it, this one has none: " + key);
        return key;
    }
}
