package dev.realtime.service.identity.keys;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.NamedParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A public key and the one algorithm it is for. The algorithm follows from the key and never from the token, so that a
 * key cannot be made to verify what it was not made for (RFC 8725, section 3.1).
 *
 * @param kid the name that tokens use for it; the key's SHA-256 thumbprint (RFC 7638) where it has no other
 * @param algorithm the key's algorithm
 * @param key RSA of 2048 to 8192 bits, EC on P-256, or Ed25519
 */
public record VerificationKey(String kid, TokenAlgorithm algorithm, PublicKey key) {

    private static final int LEAST_RSA_BITS = 2048;
    /** Larger keys would only slow down the verification of other issuers' tokens. */
    private static final int MOST_RSA_BITS = 8192;

    private static final ECParameterSpec P256 = p256();

    /**
     * Creates a key with the algorithm that follows from it.
     *
     * @param kid the key's name; null for the thumbprint
     * @throws UnusableKeyException when no algorithm fits the key, or the key is weak
     */
    static VerificationKey of(@Nullable String kid, PublicKey key) throws UnusableKeyException {
        return new VerificationKey(kid == null ? thumbprint(key) : kid, algorithm(key), key);
    }

    private static TokenAlgorithm algorithm(PublicKey key) throws UnusableKeyException {
        return switch (key) {
            case RSAPublicKey rsa -> {
                checkStrength(rsa);
                yield TokenAlgorithm.RS256;
            }
            case ECPublicKey ec -> {
                if (!isP256(ec.getParams())) {
                    throw new UnusableKeyException("is an EC key on a curve other than P-256");
                }
                yield TokenAlgorithm.ES256;
            }
            case EdECPublicKey ed
            when ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName()) -> TokenAlgorithm.EDDSA;
            default -> throw new UnusableKeyException("is not an RSA, P-256 or Ed25519 key");
        };
    }

    private static void checkStrength(RSAPublicKey key) throws UnusableKeyException {
        int bits = key.getModulus().bitLength();
        if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
            throw new UnusableKeyException(
                    "is an RSA key of " + bits + " bits; " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " are accepted");
        }
        BigInteger exponent = key.getPublicExponent();
        if (exponent.compareTo(BigInteger.TWO) <= 0 || !exponent.testBit(0)) {
            // With the exponent 1 everything is its own signature.
            throw new UnusableKeyException("is an RSA key with the exponent " + exponent);
        }
    }

    private static boolean isP256(ECParameterSpec parameters) {
        return parameters.getCurve().equals(P256.getCurve())
                && parameters.getGenerator().equals(P256.getGenerator())
                && parameters.getOrder().equals(P256.getOrder())
                && parameters.getCofactor() == P256.getCofactor();
    }

    private static ECParameterSpec p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has P-256", e);
        }
    }

    private static String thumbprint(PublicKey key) throws UnusableKeyException {
        try {
            return Jwks.builder().key(key).build().thumbprint().toString();
        } catch (JwtException | IllegalArgumentException e) {
            throw new UnusableKeyException("is not a kind of key that tokens are signed with");
        }
    }
}
