package dev.realtime.service.identity.keys;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JWK or a JWK Set (RFC 7517, sections 4 and 5). A set is written for many readers, so entries that do not suit are
 * skipped: those with another use, an unknown kind of key, or a weak key. A symmetric key must not be used either,
 * since everyone who can read the set could sign with it. A private key is an error.
 */
final class JwkDocument {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The members that make up the key itself; certificates and links are ignored. */
    private static final Map<String, Set<String>> OF_THE_KEY = Map.of(
            "RSA", Set.of("kty", "n", "e"),
            "EC", Set.of("kty", "crv", "x", "y"),
            "OKP", Set.of("kty", "crv", "x"));

    /** Kids appear in the log, and a set may come from anybody. */
    private static final Pattern KID = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}");

    private JwkDocument() {}

    static KeyDocument parse(String text) throws KeysUnreadableException {
        JsonNode document;
        try {
            document = JSON.readTree(text);
        } catch (JacksonException e) {
            // The exception's own message shows a piece of the document.
            throw KeysUnreadableException.wrong("it begins like JSON but is not valid JSON");
        }
        List<JsonNode> entries = entries(document);
        if (entries.size() > KeyDocument.MAX_KEYS) {
            throw KeyDocument.tooMany();
        }
        List<VerificationKey> keys = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            if (entry.has("d")) {
                throw KeyDocument.privateKey();
            }
            try {
                keys.add(key(entry));
            } catch (UnusableKeyException e) {
                skipped.add("key " + (i + 1) + " " + e.reason());
            }
        }
        return new KeyDocument(keys, skipped);
    }

    private static List<JsonNode> entries(JsonNode document) throws KeysUnreadableException {
        JsonNode keys = document.get("keys");
        if (keys != null && keys.isArray()) {
            return List.copyOf(keys.values());
        }
        if (document.has("kty")) {
            return List.of(document);
        }
        throw KeysUnreadableException.wrong("it is neither a JWK, which has kty, nor a JWK Set, which has keys");
    }

    private static VerificationKey key(JsonNode entry) throws UnusableKeyException {
        String kty = text(entry, "kty");
        if ("oct".equals(kty)) {
            throw new UnusableKeyException("is symmetric: anybody who can read it could sign tokens with it");
        }
        Set<String> members = kty == null ? null : OF_THE_KEY.get(kty);
        if (members == null || !(entry instanceof ObjectNode object)) {
            throw new UnusableKeyException("has no supported kty");
        }
        String use = text(entry, "use");
        if (use != null && !use.equals("sig")) {
            throw new UnusableKeyException("has a use other than sig");
        }
        JsonNode operations = entry.get("key_ops");
        if (operations != null
                && operations.values().stream()
                        .noneMatch(operation ->
                                operation.isString() && operation.stringValue().equals("verify"))) {
            throw new UnusableKeyException("has key_ops without verify");
        }
        String kid = text(entry, "kid");
        if (kid != null && !KID.matcher(kid).matches()) {
            throw new UnusableKeyException("has a kid that is not 1 to 200 printable characters");
        }
        VerificationKey key =
                VerificationKey.of(kid, publicKey(object.deepCopy().retain(members)));
        String alg = text(entry, "alg");
        if (alg != null && !alg.equals(key.algorithm().alg())) {
            throw new UnusableKeyException(
                    "has an alg other than " + key.algorithm().alg());
        }
        return key;
    }

    private static PublicKey publicKey(ObjectNode jwk) throws UnusableKeyException {
        try {
            if (Jwks.parser().build().parse(jwk.toString()).toKey() instanceof PublicKey key) {
                return key;
            }
        } catch (JwtException | IllegalArgumentException e) {
            // The exception's own message may repeat members.
        }
        throw new UnusableKeyException("is invalid, or has an unsupported crv");
    }

    /** A member's text; null when it is absent. */
    private static @Nullable String text(JsonNode entry, String member) throws UnusableKeyException {
        JsonNode value = entry.get(member);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw new UnusableKeyException("has a " + member + " that is not a string");
        }
        return value.stringValue();
    }
}
