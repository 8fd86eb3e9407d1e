package dev.realtime.service.identity.keys;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The content of a location: public keys in PEM (RFC 7468), one JWK, or a JWK Set (RFC 7517).
 *
 * @param keys the keys that tokens can be verified with
 * @param skipped why others were skipped, a phrase for each; never a key's content
 */
record KeyDocument(List<VerificationKey> keys, List<String> skipped) {

    /** The largest document that is read, in bytes. */
    static final int MAX_BYTES = 256 * 1024;

    /** How many keys a document may have, used or not. */
    static final int MAX_KEYS = 50;

    KeyDocument {
        keys = List.copyOf(keys);
        skipped = List.copyOf(skipped);
    }

    /** @throws KeysUnreadableException when the document is none of the three, too large, or has a private key */
    static KeyDocument parse(byte[] bytes) throws KeysUnreadableException {
        if (bytes.length > MAX_BYTES) {
            throw tooLarge();
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .strip();
        } catch (CharacterCodingException e) {
            throw KeysUnreadableException.wrong("it is neither PEM nor JSON");
        }
        return text.startsWith("{") ? JwkDocument.parse(text) : PemDocument.parse(text);
    }

    static KeysUnreadableException tooLarge() {
        return KeysUnreadableException.wrong("it is larger than " + MAX_BYTES / 1024 + " KB");
    }

    static KeysUnreadableException tooMany() {
        return KeysUnreadableException.wrong("it has more than " + MAX_KEYS + " keys");
    }

    static KeysUnreadableException privateKey() {
        return KeysUnreadableException.wrong("it has a private key, which only the issuer of the tokens may have:"
                + " put the public key there, and replace the private key if others could see it");
    }
}
