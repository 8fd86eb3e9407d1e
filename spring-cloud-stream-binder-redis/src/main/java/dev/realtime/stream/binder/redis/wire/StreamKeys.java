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

    /** A further key of a stream, with the stream's hash tag. */
    public static String beside(String stream, String purpose, String name) {
        return "{" + hashTag(stream) + "}:" + stream + ":" + purpose + ":" + name;
    }

    /** The part of the key that Redis Cluster hashes. */
    static String hashTag(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open + 1);
        return close > open + 1 ? key.substring(open + 1, close) : key;
    }

    /** Refuses a key whose slot no further key can share. */
    public static String requireTaggable(String key) {
        Assert.hasText(key, "The key of a stream must not be empty");
        Assert.isTrue(
                hashTag(key).indexOf('}') < 0,
                () -> "A destination that contains '}' needs a hash tag before it: " + key);
        return key;
    }
}
