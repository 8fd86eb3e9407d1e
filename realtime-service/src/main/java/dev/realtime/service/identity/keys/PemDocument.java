package dev.realtime.service.identity.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys in PEM, {@code PUBLIC KEY} (RFC 7468, section 13), one after the other, with any text around them. */
final class PemDocument {

    private static final String PUBLIC_KEY = "PUBLIC KEY";

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

    /** The kinds of key that a SubjectPublicKeyInfo may hold; a key factory of another kind refuses it. */
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

    private PemDocument() {}

    /** An unusable key is an error here, since the author of the file meant this one. */
    static KeyDocument parse(String text) throws KeysUnreadableException {
        List<VerificationKey> keys = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        int from = 0;
        while (begin.find(from)) {
            String label = begin.group(1);
            if (label.endsWith("PRIVATE KEY")) {
                throw KeyDocument.privateKey();
            }
            String end = "-----END " + label + "-----";
            int until = text.indexOf(end, begin.end());
            if (until < 0) {
                throw KeysUnreadableException.wrong("it does not have the line " + end);
            }
            if (!label.equals(PUBLIC_KEY)) {
                throw KeysUnreadableException.wrong("it has a " + label + ", but only PUBLIC KEY is supported ("
                        + "openssl x509 -pubkey -noout extracts it from a certificate)");
            }
            keys.add(key(keys.size() + 1, text.substring(begin.end(), until)));
            if (keys.size() > KeyDocument.MAX_KEYS) {
                throw KeyDocument.tooMany();
            }
            from = until + end.length();
        }
        if (keys.isEmpty()) {
            throw KeysUnreadableException.wrong("it has neither a PEM public key nor a JWK or JWK Set");
        }
        return new KeyDocument(keys, List.of());
    }

    private static VerificationKey key(int number, String base64) throws KeysUnreadableException {
        try {
            return VerificationKey.of(null, publicKey(Base64.getMimeDecoder().decode(base64)));
        } catch (UnusableKeyException e) {
            throw KeysUnreadableException.wrong("its public key " + number + " " + e.reason());
        } catch (IllegalArgumentException e) {
            throw KeysUnreadableException.wrong("its public key " + number + " is not valid Base64");
        }
    }

    private static PublicKey publicKey(byte[] encoded) throws UnusableKeyException {
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                // Not this kind, perhaps the next.
                continue;
            }
        }
        throw new UnusableKeyException("is invalid, or not an RSA, P-256 or Ed25519 key");
    }
}
