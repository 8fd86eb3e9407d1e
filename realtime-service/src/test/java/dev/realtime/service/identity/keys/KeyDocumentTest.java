package dev.realtime.service.identity.keys;

import static dev.realtime.service.identity.keys.JwksServer.jwk;
import static dev.realtime.service.identity.keys.JwksServer.set;
import static dev.realtime.service.identity.keys.TestKeys.EC;
import static dev.realtime.service.identity.keys.TestKeys.ED;
import static dev.realtime.service.identity.keys.TestKeys.RSA;
import static dev.realtime.service.identity.keys.TestKeys.pem;
import static dev.realtime.service.identity.keys.TestKeys.thumbprint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jsonwebtoken.security.Jwks;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDocumentTest {

    @Test
    void readsSeveralPublicKeysInPemAndNamesThemByTheirThumbprints() throws Exception {
        KeyDocument document = parse("The keys of the log-in service\n"
                + pem(RSA.getPublic(), EC.getPublic(), ED.getPublic()).replace("\n", "\r\n") + "\nand that is all");
        assertThat(document.keys())
                .extracting(VerificationKey::algorithm)
                .containsExactly(TokenAlgorithm.RS256, TokenAlgorithm.ES256, TokenAlgorithm.EDDSA);
        assertThat(document.keys())
                .extracting(VerificationKey::kid)
                .containsExactly(thumbprint(RSA.getPublic()), thumbprint(EC.getPublic()), thumbprint(ED.getPublic()));
    }

    /** The key and its thumbprint are the RFC's own. */
    @Test
    void theThumbprintIsThatOfRfc7638() throws Exception {
        KeyDocument document = parse("""
                {"kty":"RSA","e":"AQAB","alg":"RS256","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtV\
                T86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-\
                65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6We\
                Zu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}""");
        assertThat(document.keys().getFirst().kid()).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    @Test
    void readsAJwkAndAJwkSet() throws Exception {
        assertThat(parse(jwk("one", EC.getPublic())).keys())
                .containsExactly(new VerificationKey("one", TokenAlgorithm.ES256, EC.getPublic()));
        assertThat(parse(set(jwk("r", RSA.getPublic()), jwk("d", ED.getPublic())))
                        .keys())
                .extracting(VerificationKey::kid)
                .containsExactly("r", "d");
        assertThat(parse(jwk("ключ 1 / 2026", EC.getPublic())).keys().getFirst().kid())
                .isEqualTo("ключ 1 / 2026");
        assertThat(parse("{\"keys\":[]}").keys()).isEmpty();
    }

    @Test
    void passesOverWhatIsNotForUsAndSaysWhy() throws Exception {
        String rsa = jwk("r", RSA.getPublic());
        String secret = Base64.getUrlEncoder().encodeToString("a secret of thirty-two bytes....".getBytes());
        KeyDocument document = parse(set(
                rsa.replace("{", "{\"use\":\"enc\","),
                rsa.replace("{", "{\"key_ops\":[\"encrypt\"],"),
                rsa.replace("{", "{\"alg\":\"RS512\","),
                "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"" + secret + "\"}",
                "{\"kty\":\"LWE\",\"kid\":\"future\"}",
                "{\"kid\":\"nothing\"}",
                "7",
                jwk("weak", TestKeys.rsa(1024).getPublic()),
                jwk("p384", TestKeys.ec("secp384r1").getPublic()),
                jwk("448", TestKeys.pair("Ed448").getPublic()),
                jwk("x", TestKeys.pair("X25519").getPublic()),
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
                "{\"kty\":\"RSA\",\"n\":7,\"e\":\"AQAB\"}",
                rsa.replace("\"r\"", "\"a\\nb\""),
                rsa.replace("{", "{\"use\":\"sig\",\"alg\":\"RS256\",\"key_ops\":[\"verify\"],\"x5c\":[\"junk\"],")));
        assertThat(document.keys()).containsExactly(new VerificationKey("r", TokenAlgorithm.RS256, RSA.getPublic()));
        assertThat(document.skipped()).hasSize(14);
        assertThat(String.join("\n", document.skipped()))
                .contains("key 1 has a use other than sig", "key 2 has key_ops without", "key 3 has an alg other")
                .contains("key 4 is symmetric", "1024 bits", "a curve other than P-256")
                .doesNotContain(secret, "a\nb");
    }

    @Test
    void aPrivateKeyIsRefusedAndNotShown() {
        String pem = pem("PRIVATE KEY", RSA.getPrivate());
        String jwk = Jwks.UNSAFE_JSON(Jwks.builder().ecKeyPair(EC).id("mine").build());
        String encrypted = pem("ENCRYPTED PRIVATE KEY", RSA.getPrivate());
        String afterAPublicOne = pem(EC.getPublic()) + pem("EC PRIVATE KEY", EC.getPrivate());
        for (String document : new String[] {pem, encrypted, afterAPublicOne, jwk, set(jwk)}) {
            assertThat(refusal(document)).contains("private key").hasSizeLessThan(300);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{}",
                "{",
                "{\"keys\":7}",
                "{\"keys\":[],\"keys\":[]}",
                "{\"a\":1}",
                "-----BEGIN PUBLIC KEY-----\nAAAA",
                "-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----"
            })
    void whatIsNoDocumentIsRefused(String text) {
        assertThat(refusal(text)).startsWith("it");
    }

    @Test
    void aWeakOrUnknownKeyInPemIsRefused() {
        assertThat(refusal(pem(TestKeys.rsa(1024).getPublic()))).contains("1024 bits");
        assertThat(refusal(pem(TestKeys.ec("secp384r1").getPublic()))).contains("P-256");
        for (String kind : new String[] {"Ed448", "X25519"}) {
            PublicKey key = TestKeys.pair(kind).getPublic();
            assertThat(refusal(pem(EC.getPublic(), key))).contains("public key 2", "Ed25519");
        }
    }

    @Test
    void sizeAndNumberHaveLimits() throws Exception {
        String key = jwk("k", ED.getPublic());
        assertThat(parse(set(Collections.nCopies(50, key).toArray(String[]::new)))
                        .keys())
                .hasSize(50);
        assertThat(refusal(set(Collections.nCopies(51, key).toArray(String[]::new))))
                .contains("50 keys");
        assertThat(refusal(String.join("", Collections.nCopies(51, pem(ED.getPublic())))))
                .contains("50 keys");
        assertThat(refusal(" ".repeat(256 * 1024) + key)).contains("256 KB");
        assertThat(refusal("{\"keys\":" + "[".repeat(100_000))).contains("JSON");
    }

    private static KeyDocument parse(String text) throws KeysUnreadableException {
        return KeyDocument.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String text) {
        return catchThrowableOfType(KeysUnreadableException.class, () -> parse(text))
                .reason();
    }
}
