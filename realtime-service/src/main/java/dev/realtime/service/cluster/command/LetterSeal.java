package dev.realtime.service.cluster.command;

import dev.realtime.service.cluster.Protocol;
import dev.realtime.service.identity.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Seals letters into records of the destination {@code control}, and opens them. */
final class LetterSeal {

    private static final String PURPOSE = "realtime: commands between instances";

    private final JsonMapper json;
    private final byte[] key;

    LetterSeal(JsonMapper json, String jwtSecret) {
        this.json = json;
        // A key of its own: a letter can never pass for a token, nor a token for a letter.
        this.key = HmacSha256.of(jwtSecret.getBytes(StandardCharsets.UTF_8), PURPOSE);
    }

    private record Sealed(
            int protocol, @Nullable String mac, @Nullable String body) {}

    byte[] seal(Letter letter) {
        String body = json.writeValueAsString(letter);
        return json.writeValueAsBytes(new Sealed(Protocol.VERSION, mac(Protocol.VERSION, body), body));
    }

    /**
     * Opens a record.
     *
     * @throws DroppedException when it is not a letter of an instance that speaks our protocol version
     */
    Letter open(byte[] record) throws DroppedException {
        Sealed sealed;
        try {
            sealed = json.readValue(record, Sealed.class);
        } catch (JacksonException e) {
            throw new DroppedException(DroppedException.Reason.MALFORMED);
        }
        if (sealed == null || sealed.mac == null || sealed.body == null) {
            throw new DroppedException(DroppedException.Reason.MALFORMED);
        }
        if (!MessageDigest.isEqual(bytes(mac(sealed.protocol, sealed.body)), bytes(sealed.mac))) {
            throw new DroppedException(DroppedException.Reason.FORGED);
        }
        if (sealed.protocol != Protocol.VERSION) {
            throw new DroppedException(sealed.protocol);
        }
        try {
            return json.readValue(sealed.body, Letter.class);
        } catch (JacksonException e) {
            throw new DroppedException(DroppedException.Reason.MALFORMED);
        }
    }

    private String mac(int protocol, String body) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(HmacSha256.of(key, protocol + "\n" + body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
