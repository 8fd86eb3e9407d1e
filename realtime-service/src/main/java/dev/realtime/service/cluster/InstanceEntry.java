package dev.realtime.service.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.realtime.service.identity.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The text of an instance's entry in Redis: {@code <protocol> <mac> <JSON>}. */
final class InstanceEntry {

    private static final String PURPOSE = "realtime: register of instances";
    private static final int MAX_LENGTH = 8 * 1024;
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ([A-Za-z0-9_-]{43}) (\\{.*})", Pattern.DOTALL);
    private static final Pattern PROTOCOL = Pattern.compile("([0-9]{1,9}) .*", Pattern.DOTALL);

    private final JsonMapper json;
    private final byte[] key;

    InstanceEntry(JsonMapper json, String jwtSecret) {
        this.json = json;
        // A key of its own: an entry can never pass for a token, nor a token for an entry.
        this.key = HmacSha256.of(jwtSecret.getBytes(StandardCharsets.UTF_8), PURPOSE);
    }

    /** What an instance says about itself. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Content(
            @Nullable String address,
            @Nullable String version,
            @Nullable String salt,
            @Nullable SortedMap<String, String> secrets,
            @Nullable SortedMap<String, String> attributes) {}

    String write(String name, Content content) {
        String body = json.writeValueAsString(content);
        return Protocol.VERSION + " " + mac(name, body) + " " + body;
    }

    /** Parses another instance's entry; empty when the text is not an entry of any protocol version. */
    Optional<Instance> read(String name, String text, String salt) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher version = PROTOCOL.matcher(text);
        if (!version.matches()) {
            return Optional.empty();
        }
        int protocol = Integer.parseInt(version.group(1));
        if (protocol != Protocol.VERSION) {
            return Optional.of(new Instance(name, protocol, false, null, "", Duration.ZERO, Map.of(), Map.of()));
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            Content content = json.readValue(parts.group(3), Content.class);
            return Optional.of(toInstance(name, content, salt, isAuthentic(name, parts.group(3), parts.group(2))));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Instance toInstance(String name, Content content, String salt, boolean trusted) {
        // Fingerprints with another salt are from before Redis lost its data, and are about to be renewed.
        Map<String, String> fingerprints = salt.equals(content.salt()) ? orEmpty(content.secrets()) : Map.of();
        return new Instance(
                name,
                Protocol.VERSION,
                trusted,
                trusted ? content.address() : null,
                trusted && content.version() != null ? content.version() : "",
                Duration.ZERO,
                trusted ? orEmpty(content.attributes()) : Map.of(),
                fingerprints);
    }

    private static Map<String, String> orEmpty(@Nullable SortedMap<String, String> map) {
        if (map == null) {
            return Map.of();
        }
        Map<String, String> known = new TreeMap<>(map);
        known.values().removeIf(value -> value == null);
        return known;
    }

    private boolean isAuthentic(String name, String body, String mac) {
        return MessageDigest.isEqual(
                mac(name, body).getBytes(StandardCharsets.UTF_8), mac.getBytes(StandardCharsets.UTF_8));
    }

    private String mac(String name, String body) {
        byte[] mac = HmacSha256.of(key, Protocol.VERSION + "\n" + name + "\n" + body);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }
}
