package dev.realtime.service.identity;

import static dev.realtime.service.identity.TokenVerifiers.refusal;
import static dev.realtime.service.identity.TokenVerifiers.refused;
import static dev.realtime.service.identity.TokenVerifiers.signed;
import static dev.realtime.service.identity.keys.JwksServer.jwk;
import static dev.realtime.service.identity.keys.JwksServer.set;
import static dev.realtime.service.identity.keys.TestKeys.EC;
import static dev.realtime.service.identity.keys.TestKeys.ED;
import static dev.realtime.service.identity.keys.TestKeys.OTHER_EC;
import static dev.realtime.service.identity.keys.TestKeys.OTHER_RSA;
import static dev.realtime.service.identity.keys.TestKeys.RSA;
import static dev.realtime.service.identity.keys.TestKeys.file;
import static dev.realtime.service.identity.keys.TestKeys.pem;
import static dev.realtime.service.identity.keys.TestKeys.thumbprint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.identity.keys.JwksServer;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key verifies what its own algorithm signed, and nothing else (RFC 8725, sections 2.1 and 3.1). */
class KeyConfusionTest {

    @TempDir
    Path folder;

    private TokenVerifier verifier;

    @BeforeEach
    void verifierWithKeys() {
        verifier = TokenVerifiers.withKeys(
                file(folder.resolve("rsa.pem"), pem(RSA.getPublic())),
                file(folder.resolve("set.json"), set(jwk("ec", EC.getPublic()), jwk("ed", ED.getPublic()))));
    }

    @Test
    void eachAlgorithmIsAcceptedWithItsKidAndWithout() throws TokenException {
        for (KeyPair pair : List.of(RSA, EC, ED)) {
            assertThat(verifier.verify(signed(null, pair)).userId()).isEqualTo("17");
        }
        assertThat(verifier.verify(signed(thumbprint(RSA.getPublic()), RSA)).userId())
                .isEqualTo("17");
        assertThat(verifier.verify(signed("ec", EC)).userId()).isEqualTo("17");
        assertThat(verifier.verify(signed("ed", ED)).userId()).isEqualTo("17");
        assertThat(verifier.verify(bySecret(TokenVerifiers.KEY, null)).userId()).isEqualTo("17");
        assertThat(verifier.verify(bySecret(TokenVerifiers.KEY, "a name of the issuer's own"))
                        .userId())
                .isEqualTo("17");
    }

    @Test
    void severalKeysOfOneAlgorithmAreAllTriedForATokenThatNamesNone() throws TokenException {
        TokenVerifier several = TokenVerifiers.withKeys(file(
                folder.resolve("several.pem"),
                pem(OTHER_RSA.getPublic(), RSA.getPublic(), OTHER_EC.getPublic(), EC.getPublic())));
        for (KeyPair pair : List.of(RSA, OTHER_RSA, EC, OTHER_EC)) {
            assertThat(several.verify(signed(null, pair)).userId()).isEqualTo("17");
        }
    }

    @Test
    void twoKeysMayHaveOneKid() throws TokenException {
        TokenVerifier both = TokenVerifiers.withKeys(file(
                folder.resolve("both.json"),
                set(jwk("k", RSA.getPublic()), jwk("k", OTHER_RSA.getPublic()), jwk("k", EC.getPublic()))));
        for (KeyPair pair : List.of(RSA, OTHER_RSA, EC)) {
            assertThat(both.verify(signed("k", pair)).userId()).isEqualTo("17");
        }
        assertThat(refusal(both, signed("k", OTHER_EC))).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    /** The classic: what everybody may know is used as the secret. */
    @Test
    void aPublicKeyIsNoSecret() {
        List<byte[]> whatEverybodyKnows = List.of(
                pem(RSA.getPublic()).getBytes(StandardCharsets.UTF_8),
                pem(RSA.getPublic()).strip().getBytes(StandardCharsets.UTF_8),
                RSA.getPublic().getEncoded(),
                jwk("ec", EC.getPublic()).getBytes(StandardCharsets.UTF_8));
        for (byte[] known : whatEverybodyKnows) {
            SecretKey secret = new SecretKeySpec(known, "HmacSHA256");
            assertThat(refusal(verifier, bySecret(secret, null))).isEqualTo(ErrorCode.TOKEN_INVALID);
            assertThat(refusal(verifier, bySecret(secret, "unknown"))).isEqualTo(ErrorCode.TOKEN_INVALID);
            for (String kid : List.of(thumbprint(RSA.getPublic()), "ec", "ed")) {
                assertThat(refusal(verifier, bySecret(secret, kid))).isEqualTo(ErrorCode.TOKEN_ALGORITHM);
            }
        }
    }

    @Test
    void aKidBelongsToOneAlgorithm() {
        assertThat(refusal(verifier, signed("ec", RSA))).isEqualTo(ErrorCode.TOKEN_ALGORITHM);
        assertThat(refusal(verifier, signed("ed", EC))).isEqualTo(ErrorCode.TOKEN_ALGORITHM);
        assertThat(refusal(verifier, signed(thumbprint(RSA.getPublic()), ED))).isEqualTo(ErrorCode.TOKEN_ALGORITHM);
        assertThat(refusal(verifier, bySecret(TokenVerifiers.KEY, "ec"))).isEqualTo(ErrorCode.TOKEN_ALGORITHM);
        assertThat(refused(verifier, signed("ec", RSA))).hasMessageContaining("ES256");
    }

    @Test
    void aStolenKidDoesNotHelp() {
        assertThat(refusal(verifier, signed(thumbprint(RSA.getPublic()), OTHER_RSA)))
                .isEqualTo(ErrorCode.TOKEN_INVALID);
        assertThat(refusal(verifier, signed("ec", OTHER_EC))).isEqualTo(ErrorCode.TOKEN_INVALID);
        assertThat(refusal(verifier, signed(null, OTHER_EC))).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @Test
    void algNoneAndOtherAlgorithmsAreRefusedAndTheAcceptedOnesNamed() {
        String none = header("{\"alg\":\"none\"}");
        for (String token : List.of(
                none,
                none + sameSignature(),
                header("{\"alg\":\"None\"}") + "AAAA",
                header("{\"alg\":\"rs256\"}") + "AAAA",
                Jwts.builder()
                        .subject("17")
                        .signWith(RSA.getPrivate(), Jwts.SIG.RS512)
                        .compact(),
                Jwts.builder()
                        .subject("17")
                        .signWith(RSA.getPrivate(), Jwts.SIG.PS256)
                        .compact(),
                header("{\"alg\":\"ES384\",\"kid\":\"ec\"}") + "AAAA")) {
            assertThat(refusal(verifier, token)).as(token).isEqualTo(ErrorCode.TOKEN_ALGORITHM);
            assertThat(refused(verifier, token))
                    .hasMessage("The token must be signed with HS256, RS256, ES256 or EdDSA.");
        }
    }

    @Test
    void anAlgorithmWithoutAKeyIsNotAccepted() {
        TokenVerifier onlyEc = TokenVerifiers.withKeys(file(folder.resolve("ec.pem"), pem(EC.getPublic())));
        assertThat(refused(onlyEc, signed(null, RSA))).hasMessage("The token must be signed with HS256 or ES256.");
        assertThat(refusal(onlyEc, signed("unknown", RSA))).isEqualTo(ErrorCode.TOKEN_ALGORITHM);
        assertThat(refused(TokenVerifiers.withKeys(), signed(null, EC)))
                .hasMessage("The token must be signed with HS256.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "../../../../etc/passwd",
                "/dev/null",
                "file:///etc/passwd",
                "http://127.0.0.1/k",
                "' OR '1'='1",
                "ec' UNION SELECT 'x' --",
                "ec\\u0000",
                "EC",
                " ec",
                "*",
                "${jndi:ldap://x}",
                "ключ"
            })
    void aKidIsANameAndNothingElse(String kid) {
        String token = Jwts.builder()
                .header()
                .add("kid", kid)
                .and()
                .subject("17")
                .signWith(OTHER_EC.getPrivate(), Jwts.SIG.ES256)
                .compact();
        assertThat(refusal(verifier, token)).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"alg\":\"ES256\",\"kid\":7}", "{\"alg\":\"ES256\",\"kid\":{}}", "{\"alg\":[\"ES256\"]}"})
    void algAndKidAreStrings(String header) {
        assertThat(refusal(verifier, header(header) + "AAAA")).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    /** A token may bring its own key or say where to get it; nobody looks. */
    @Test
    void keysThatATokenBringsAreNotLookedAtAndNothingIsFetched() throws TokenException {
        try (JwksServer evil = new JwksServer().serves(jwk("evil", OTHER_EC.getPublic()))) {
            Map<String, Object> own = Map.of("kty", "EC", "crv", "P-256", "x", point(1), "y", point(33), "kid", "evil");
            for (Map<String, ?> brought : List.<Map<String, ?>>of(
                    Map.of("jku", evil.url()),
                    Map.of("x5u", evil.url()),
                    Map.of("jku", evil.url(), "kid", "evil"),
                    Map.of("kid", evil.url()),
                    Map.of("jwk", own),
                    Map.of("jwk", own, "kid", "evil"))) {
                String token = Jwts.builder()
                        .header()
                        .add(brought)
                        .and()
                        .subject("17")
                        .signWith(OTHER_EC.getPrivate(), Jwts.SIG.ES256)
                        .compact();
                assertThat(refusal(verifier, token)).as(brought.toString()).isEqualTo(ErrorCode.TOKEN_INVALID);
            }
            // They spoil nothing either.
            assertThat(verifier.verify(Jwts.builder()
                                    .header()
                                    .add(Map.of("jku", evil.url(), "x5u", evil.url(), "kid", "ec"))
                                    .and()
                                    .subject("17")
                                    .signWith(EC.getPrivate(), Jwts.SIG.ES256)
                                    .compact())
                            .userId())
                    .isEqualTo("17");
            assertThat(evil.asked()).isZero();
        }
    }

    private static String point(int from) {
        // An uncompressed point's coordinates are the last 64 bytes.
        byte[] encoded = OTHER_EC.getPublic().getEncoded();
        byte[] half = java.util.Arrays.copyOfRange(encoded, encoded.length - 65 + from, encoded.length - 33 + from);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(half);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"b64\"]", "[\"exp\"]", "[\"urn:x\"]", "[]", "\"x\"", "null"})
    void extensionsThatMustBeUnderstoodAreRefused(String crit) {
        String head = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ("{\"alg\":\"HS256\",\"b64\":true,\"urn:x\":1,\"exp\":1,\"crit\":" + crit + "}").getBytes());
        String body =
                head + "." + Base64.getUrlEncoder().withoutPadding().encodeToString("{\"sub\":\"17\"}".getBytes());
        assertThat(refusal(verifier, body + "." + mac(body))).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    private static String mac(String body) {
        byte[] mac = HmacSha256.of(TokenVerifiers.SECRET.getBytes(StandardCharsets.UTF_8), body);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    /** The zero signature that every ES256 key once verified, in Java 15 to 18. */
    @Test
    void theEmptySignatureOfNoughtsIsNone() {
        String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        assertThat(refusal(verifier, header("{\"alg\":\"ES256\"}") + zeros)).isEqualTo(ErrorCode.TOKEN_INVALID);
        assertThat(refusal(verifier, header("{\"alg\":\"EdDSA\"}") + zeros)).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @Test
    void aNewKeyIsFetchedAtOnceAndARemovedOneIsNoLongerGood() throws TokenException {
        try (JwksServer server = new JwksServer().serves(jwk("old", RSA.getPublic()))) {
            TokenVerifier rotating = TokenVerifiers.withKeys(server.url());
            assertThat(rotating.verify(signed("old", RSA)).userId()).isEqualTo("17");
            assertThat(server.asked()).isEqualTo(1);
            assertThat(refusal(rotating, signed("old", OTHER_RSA))).isEqualTo(ErrorCode.TOKEN_INVALID);
            assertThat(server.asked()).as("a known kid is no reason to read").isEqualTo(1);

            // Of another algorithm even.
            server.serves(jwk("new", EC.getPublic()));
            assertThat(rotating.verify(signed("new", EC)).userId()).isEqualTo("17");
            assertThat(server.asked()).isEqualTo(2);
            assertThat(refusal(rotating, signed("old", RSA))).isEqualTo(ErrorCode.TOKEN_ALGORITHM);

            server.serves(jwk("third", OTHER_EC.getPublic()));
            assertThat(rotating.verify(signed(null, OTHER_EC)).userId()).isEqualTo("17");
            assertThat(refusal(rotating, signed("new", EC))).isEqualTo(ErrorCode.TOKEN_INVALID);
        }
    }

    private static String bySecret(SecretKey secret, String kid) {
        JwtBuilder builder = Jwts.builder().subject("17");
        if (kid != null) {
            builder.header().keyId(kid);
        }
        return builder.signWith(secret, Jwts.SIG.HS256).compact();
    }

    private static String header(String json) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(json.getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString("{\"sub\":\"17\"}".getBytes(StandardCharsets.UTF_8)) + ".";
    }

    private static String sameSignature() {
        String token = signed(null, RSA);
        return token.substring(token.lastIndexOf('.') + 1);
    }
}
