package dev.realtime.service.identity.keys;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Key pairs, made once, and the ways to write them down. */
public final class TestKeys {

    public static final KeyPair RSA = Jwts.SIG.RS256.keyPair().build();
    public static final KeyPair OTHER_RSA = Jwts.SIG.RS256.keyPair().build();
    public static final KeyPair EC = Jwts.SIG.ES256.keyPair().build();
    public static final KeyPair OTHER_EC = Jwts.SIG.ES256.keyPair().build();
    public static final KeyPair ED = pair("Ed25519");

    private TestKeys() {}

    public static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(PublicKey... keys) {
        return Arrays.stream(keys).map(key -> pem("PUBLIC KEY", key)).collect(Collectors.joining());
    }

    public static String pem(String label, Key key) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key.getEncoded())
                + "\n-----END " + label + "-----\n";
    }

    public static String thumbprint(PublicKey key) {
        return Jwks.builder().key(key).build().thumbprint().toString();
    }

    public static String file(Path file, String content) {
        try {
            return Files.writeString(file, content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a heartbeat: it reads at its start and early, and may do so early as often as it likes. */
    public static TokenKeys of(String... locations) {
        return of(new SimpleMeterRegistry(), Duration.ZERO, locations);
    }

    public static TokenKeys of(MeterRegistry metrics, Duration earlyAtMostEvery, String... locations) {
        return of(metrics, earlyAtMostEvery, Duration.ofMinutes(5), locations);
    }

    public static TokenKeys of(
            MeterRegistry metrics, Duration earlyAtMostEvery, Duration refresh, String... locations) {
        return new TokenKeys(new KeyProperties(List.of(locations), refresh), metrics, earlyAtMostEvery);
    }
}
