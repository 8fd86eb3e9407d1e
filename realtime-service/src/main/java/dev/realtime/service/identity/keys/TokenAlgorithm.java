package dev.realtime.service.identity.keys;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.util.Arrays;
import java.util.Optional;

/** The algorithms a token may be signed with (RFC 7518, section 3.1; RFC 8037, section 3.1), and no others. */
public enum TokenAlgorithm {
    /** HMAC-SHA256, with {@code JWT_SECRET} and no other key. */
    HS256("HS256", Jwts.SIG.HS256),
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256("RS256", Jwts.SIG.RS256),
    /** ECDSA on P-256 with SHA-256. */
    ES256("ES256", Jwts.SIG.ES256),
    /** EdDSA with Ed25519. */
    EDDSA("EdDSA", Jwts.SIG.EdDSA);

    private final String alg;
    private final SecureDigestAlgorithm<?, ?> signature;

    TokenAlgorithm(String alg, SecureDigestAlgorithm<?, ?> signature) {
        this.alg = alg;
        this.signature = signature;
    }

    /** The algorithm of a header's {@code alg}, which is case-sensitive (RFC 7515, section 4.1.1). */
    public static Optional<TokenAlgorithm> named(String alg) {
        return Arrays.stream(values()).filter(each -> each.alg.equals(alg)).findAny();
    }

    /** The value of {@code alg} in a header. */
    public String alg() {
        return alg;
    }

    /** The JWT library's object for the algorithm. */
    public SecureDigestAlgorithm<?, ?> signature() {
        return signature;
    }
}
