package dev.realtime.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.contracts.ErrorCode;
import io.jsonwebtoken.Jwts;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final String SECRET = TokenVerifiers.SECRET;
    private static final SecretKey KEY = TokenVerifiers.KEY;

    private final TokenVerifier verifier = TokenVerifiers.withKeys();

    @Test
    void readsTheClaims() throws TokenException {
        Instant expiry = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 60);
        Identity identity = verifier.verify(Jwts.builder()
                .claims(Map.of(
                        "userId",
                        17,
                        "role",
                        "operator",
                        "name",
                        "Анна",
                        "login",
                        "anna",
                        "cities",
                        List.of("Саратов")))
                .subject("seventeen")
                .expiration(Date.from(expiry))
                .signWith(KEY, Jwts.SIG.HS256)
                .compact());

        assertThat(identity).isEqualTo(new Identity(17, "operator", "Анна", "anna", List.of("Саратов"), expiry));
    }

    @Test
    void keepsTheUserIdsType() throws TokenException {
        assertThat(verifier.verify(token(Map.of("userId", "17"))).userId()).isEqualTo("17");
        assertThat(verifier.verify(token(Map.of("userId", 17))).userId()).isEqualTo(17);
        BigInteger huge = new BigInteger("123456789012345678901234567890");
        assertThat(verifier.verify(token(Map.of("userId", huge))).userId()).isEqualTo(huge);
        assertThat(verifier.verify(token(Map.of("sub", "anna"))).userId()).isEqualTo("anna");
    }

    @Test
    void refusesOtherAlgorithms() {
        assertThat(refusal(Jwts.builder()
                        .subject("1")
                        .signWith(new SecretKeySpec(KEY.getEncoded(), "HmacSHA512"), Jwts.SIG.HS512)
                        .compact()))
                .isEqualTo(ErrorCode.TOKEN_ALGORITHM);
        assertThat(refusal(Jwts.builder().subject("1").compact())).isEqualTo(ErrorCode.TOKEN_ALGORITHM);
        assertThat(refusal(Jwts.builder()
                        .subject("1")
                        .signWith(Jwts.SIG.RS256.keyPair().build().getPrivate())
                        .compact()))
                .isEqualTo(ErrorCode.TOKEN_ALGORITHM);
    }

    @Test
    void refusesTheWrongTime() {
        Date past = Date.from(Instant.now().minusSeconds(5));
        Date future = Date.from(Instant.now().plusSeconds(60));
        assertThat(refusal(Jwts.builder()
                        .subject("1")
                        .expiration(past)
                        .signWith(KEY, Jwts.SIG.HS256)
                        .compact()))
                .isEqualTo(ErrorCode.TOKEN_EXPIRED);
        assertThat(refusal(Jwts.builder()
                        .subject("1")
                        .notBefore(future)
                        .signWith(KEY, Jwts.SIG.HS256)
                        .compact()))
                .isEqualTo(ErrorCode.TOKEN_NOT_YET_VALID);
    }

    @Test
    void refusesAForeignSignature() {
        SecretKey foreign = new SecretKeySpec(SECRET.toUpperCase().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        assertThat(refusal(Jwts.builder()
                        .subject("1")
                        .signWith(foreign, Jwts.SIG.HS256)
                        .compact()))
                .isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "a.b", "a.b.c", "a.b.c.d.e", "..", "eyJhbGciOiJIUzI1NiJ9..", "💥.💥.💥"})
    void refusesWhatIsNoToken(String token) {
        assertThat(refusal(token)).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"userId\":\"\"}",
                "{\"userId\":1.5}",
                "{\"userId\":true}",
                "{\"userId\":{}}",
                "{\"userId\":1,\"role\":7}",
                "{\"userId\":1,\"cities\":\"Саратов\"}",
                "{\"userId\":1,\"cities\":[1]}",
                "{\"userId\":1,\"cities\":[null]}",
                "[]",
                "\"x\"",
                "{\"userId\":1,\"exp\":\"soon\"}"
            })
    void refusesUnusableClaims(String claims) {
        String token = Jwts.builder()
                .content(claims.getBytes(StandardCharsets.UTF_8))
                .signWith(KEY, Jwts.SIG.HS256)
                .compact();
        assertThat(refusal(token)).isIn(ErrorCode.TOKEN_INVALID, ErrorCode.TOKEN_ALGORITHM);
    }

    @Test
    void neverLetsAnotherExceptionOut() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        for (String header : List.of(
                "{}",
                "[]",
                "{\"alg\":null}",
                "{\"alg\":7}",
                "{\"alg\":\"HS256\",\"crit\":[\"x\"]}",
                "{\"alg\":\"HS256\",\"zip\":\"DEF\"}")) {
            String token = encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                    + encoder.encodeToString("{\"sub\":\"1\"}".getBytes(StandardCharsets.UTF_8)) + ".AAAA";
            assertThat(refusal(token)).isNotNull();
        }
    }

    private static String token(Map<String, ?> claims) {
        return Jwts.builder().claims(claims).signWith(KEY, Jwts.SIG.HS256).compact();
    }

    private ErrorCode refusal(String token) {
        return catchThrowableOfType(TokenException.class, () -> verifier.verify(token))
                .code();
    }
}
