package dev.realtime.service.identity;

import static dev.realtime.service.identity.TokenVerifiers.KEY;
import static dev.realtime.service.identity.TokenVerifiers.NOBODY;
import static dev.realtime.service.identity.TokenVerifiers.SECRET;
import static dev.realtime.service.identity.TokenVerifiers.refusal;
import static dev.realtime.service.identity.TokenVerifiers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.identity.keys.KeysRefusedException;
import dev.realtime.service.identity.keys.TestKeys;
import dev.realtime.service.identity.keys.TokenAlgorithm;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When, from whom, for whom, and by which algorithm. */
class TokenRulesTest {

    private static final long NOW = 1_900_000_000;

    private final TokenVerifier any = verifier(null);

    // Time: RFC 7519, sections 4.1.4 and 4.1.5

    @ParameterizedTest
    @ValueSource(
            strings = {"\"exp\":1900000001", "\"exp\":1900000000.9e0", "\"nbf\":1900000000", "\"exp\":253402300800"})
    void isTheTime(String claims) throws TokenException {
        long before = claims.contains(".9") ? -1 : 0;
        assertThat(at(Instant.ofEpochSecond(NOW + before), Duration.ZERO)
                        .verify(token(claims))
                        .userId())
                .isEqualTo("17");
    }

    @Test
    void expIsTheFirstMomentATokenIsNotGood() throws TokenException {
        String token = token("\"exp\":" + NOW);
        Instant exp = Instant.ofEpochSecond(NOW);
        assertThat(at(exp.minusMillis(1), Duration.ZERO).verify(token).expiresAt())
                .isEqualTo(exp);
        assertThat(refusal(at(exp, Duration.ZERO), token)).isEqualTo(ErrorCode.TOKEN_EXPIRED);
        assertThat(refusal(at(exp.plusMillis(1), Duration.ZERO), token)).isEqualTo(ErrorCode.TOKEN_EXPIRED);
    }

    @Test
    void nbfIsTheFirstMomentATokenIsGood() throws TokenException {
        String token = token("\"nbf\":" + NOW);
        Instant nbf = Instant.ofEpochSecond(NOW);
        assertThat(refusal(at(nbf.minusMillis(1), Duration.ZERO), token)).isEqualTo(ErrorCode.TOKEN_NOT_YET_VALID);
        assertThat(at(nbf, Duration.ZERO).verify(token).expiresAt()).isNull();
    }

    /** Else a socket would be closed at exp, and its token let in again until the skew is over. */
    @Test
    void theSkewMovesBothAndTheIdentitysEndToo() throws TokenException {
        Duration skew = Duration.ofSeconds(30);
        String token = token("\"exp\":" + NOW + ",\"nbf\":" + NOW);
        Instant instant = Instant.ofEpochSecond(NOW);
        Instant end = instant.plus(skew);
        assertThat(at(instant.minus(skew), skew).verify(token).expiresAt()).isEqualTo(end);
        assertThat(at(end.minusMillis(1), skew).verify(token).expiresAt()).isEqualTo(end);
        assertThat(refusal(at(end, skew), token)).isEqualTo(ErrorCode.TOKEN_EXPIRED);
        assertThat(refusal(at(instant.minus(skew).minusMillis(1), skew), token))
                .isEqualTo(ErrorCode.TOKEN_NOT_YET_VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"exp\":0", "\"exp\":-1", "\"exp\":-9223372036854775808"})
    void expLongAgo(String claims) {
        assertThat(refusal(any, token(claims))).isEqualTo(ErrorCode.TOKEN_EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"exp\":\"soon\"", "\"exp\":true", "\"exp\":[1]", "\"nbf\":\"\\u0000\""})
    void aTimeThatIsNone(String claims) {
        assertThat(refusal(any, token(claims))).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    // Issuer and audience

    @Test
    void theIssuerIsTheConfiguredOne() throws TokenException {
        TokenVerifier verifier = verifier("https://id.example");
        assertThat(verifier.verify(token("\"iss\":\"https://id.example\"")).userId())
                .isEqualTo("17");
        for (String claims : new String[] {
            "\"iss\":\"https://id.example/\"",
            "\"iss\":\"\"",
            "\"iss\":null",
            "\"x\":1",
            "\"iss\":\"HTTPS://id.example\""
        }) {
            assertThat(refusal(verifier, token(claims))).as(claims).isEqualTo(ErrorCode.TOKEN_ISSUER);
        }
        assertThat(refusal(verifier, token("\"iss\":7"))).isIn(ErrorCode.TOKEN_INVALID, ErrorCode.TOKEN_ISSUER);
        assertThat(any.verify(token("\"iss\":\"whoever\"")).userId()).isEqualTo("17");
    }

    @Test
    void oneAudienceMustBeAmongTheConfiguredOnes() throws TokenException {
        TokenVerifier verifier = verifier(null, "realtime", "crm");
        for (String claims : new String[] {"\"aud\":\"realtime\"", "\"aud\":[\"other\",\"crm\"]"}) {
            assertThat(verifier.verify(token(claims)).userId()).isEqualTo("17");
        }
        for (String claims :
                new String[] {"\"aud\":\"other\"", "\"aud\":[]", "\"aud\":null", "\"x\":1", "\"aud\":\"Realtime\""}) {
            assertThat(refusal(verifier, token(claims))).as(claims).isEqualTo(ErrorCode.TOKEN_AUDIENCE);
        }
        for (String claims : new String[] {"\"aud\":\"other\"", "\"aud\":[]", "\"x\":1"}) {
            assertThat(any.verify(token(claims)).userId()).isEqualTo("17");
        }
    }

    @Test
    void tokensOfTheAdminApiAreNeverGoodHere() {
        for (String claims : new String[] {"\"aud\":\"admin-api\"", "\"aud\":[\"realtime\",\"admin-api\"]"}) {
            assertThat(refusal(any, token(claims))).isEqualTo(ErrorCode.TOKEN_AUDIENCE);
            assertThat(refusal(verifier(null, "realtime"), token(claims))).isEqualTo(ErrorCode.TOKEN_AUDIENCE);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verifier(null, "realtime", "admin-api"))
                .withMessageContaining("realtime.identity.audiences");
    }

    /** Whoever cannot sign learns nothing about what is wanted. */
    @Test
    void theSignatureComesFirst() {
        String token = token("\"aud\":\"admin-api\",\"exp\":1");
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
        assertThat(refusal(any, forged)).isEqualTo(ErrorCode.TOKEN_INVALID);
        assertThat(refusal(any, token)).isEqualTo(ErrorCode.TOKEN_EXPIRED);
    }

    // Algorithms

    @Test
    void hs256CanBeTurnedOff(@TempDir Path folder) throws TokenException {
        String keys = TestKeys.file(
                folder.resolve("keys.pem"), TestKeys.pem(TestKeys.EC.getPublic(), TestKeys.ED.getPublic()));
        TokenVerifier verifier =
                new TokenVerifier(TokenVerifiers.properties(TokenAlgorithm.ES256), TestKeys.of(keys), NOBODY);
        assertThat(verifier.verify(Jwts.builder()
                                .subject("17")
                                .signWith(TestKeys.EC.getPrivate(), Jwts.SIG.ES256)
                                .compact())
                        .userId())
                .isEqualTo("17");
        assertThat(refusal(verifier, token("\"x\":1"))).isEqualTo(ErrorCode.TOKEN_ALGORITHM);
        assertThat(refused(verifier, token("\"x\":1"))).hasMessage("The token must be signed with ES256.");
        assertThat(refusal(
                        verifier,
                        Jwts.builder()
                                .subject("17")
                                .signWith(TestKeys.ED.getPrivate(), Jwts.SIG.EdDSA)
                                .compact()))
                .isEqualTo(ErrorCode.TOKEN_ALGORITHM);
    }

    @Test
    void anAlgorithmForWhichThereCanBeNoKeyStopsTheStart() {
        assertThatExceptionOfType(KeysRefusedException.class)
                .isThrownBy(() -> new TokenVerifier(
                        TokenVerifiers.properties(TokenAlgorithm.HS256, TokenAlgorithm.RS256), TestKeys.of(), NOBODY))
                .withMessageContaining("realtime.identity.algorithms names RS256")
                .withMessageContaining("realtime.identity.keys");
    }

    @Test
    void theSkewHasALimit() {
        for (Duration skew : List.of(Duration.ofSeconds(-1), Duration.ofMinutes(6))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> at(Instant.now(), skew))
                    .withMessageContaining("realtime.identity.clock-skew");
        }
    }

    private static TokenVerifier verifier(String issuer, String... audiences) {
        return new TokenVerifier(
                new IdentityProperties(SECRET, Duration.ZERO, List.of(), issuer, List.of(audiences)),
                TestKeys.of(),
                NOBODY);
    }

    private static TokenVerifier at(Instant now, Duration skew) {
        return new TokenVerifier(
                new IdentityProperties(SECRET, skew, List.of(), null, List.of()),
                TestKeys.of(),
                NOBODY,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Signed as it stands, so that a claim can be what no library would write. */
    private static String token(String claims) {
        return Jwts.builder()
                .content(("{\"sub\":\"17\"," + claims + "}").getBytes(StandardCharsets.UTF_8))
                .signWith(KEY, Jwts.SIG.HS256)
                .compact();
    }
}
