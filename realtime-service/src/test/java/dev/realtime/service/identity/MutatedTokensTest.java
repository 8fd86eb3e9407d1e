package dev.realtime.service.identity;

import static dev.realtime.service.identity.TokenVerifiers.KEY;
import static dev.realtime.service.identity.TokenVerifiers.refusal;
import static dev.realtime.service.identity.keys.TestKeys.EC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.identity.keys.TestKeys;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the answer is an identity or a {@link TokenException}, and soon. */
class MutatedTokensTest {

    private static final long SEED = 20_260_101;
    private static final int ROUNDS = 20_000;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    @TempDir
    Path folder;

    private TokenVerifier verifier;

    @BeforeEach
    void verifierWithKeys() {
        verifier = TokenVerifiers.withKeys(TestKeys.file(folder.resolve("keys.pem"), TestKeys.pem(EC.getPublic())));
    }

    @Test
    void aMutatedTokenIsRefusedUnlessItStillSaysTheSame() {
        System.out.println("MutatedTokensTest: seed " + SEED);
        Random random = new Random(SEED);
        List<String> good = List.of(
                signed("{\"userId\":17,\"role\":\"operator\",\"cities\":[\"Саратов\"],\"exp\":4000000000}"),
                signed("{\"sub\":\"17\",\"aud\":[\"a\",\"b\"],\"nbf\":1,\"iat\":1,\"iss\":\"x\",\"jti\":\"1\"}"),
                Jwts.builder()
                        .subject("17")
                        .signWith(EC.getPrivate(), Jwts.SIG.ES256)
                        .compact());
        Set<ErrorCode> seen = new HashSet<>();
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String original = good.get(random.nextInt(good.size()));
            String mutated = mutate(original, random);
            try {
                Identity identity = verifier.verify(mutated);
                // Base64 has more than one way to write the last bits.
                assertThat(identity.userKey())
                        .as("seed %d, round %d: %s", SEED, i, mutated)
                        .isEqualTo("17");
                assertThat(mutated.substring(0, mutated.lastIndexOf('.')))
                        .as("seed %d, round %d", SEED, i)
                        .isEqualTo(original.substring(0, original.lastIndexOf('.')));
            } catch (TokenException e) {
                refused++;
                seen.add(e.code());
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", round " + i + ": " + mutated, e);
            }
        }
        assertThat(refused).isGreaterThan(ROUNDS * 9 / 10);
        assertThat(seen).contains(ErrorCode.TOKEN_INVALID, ErrorCode.TOKEN_ALGORITHM);
    }

    /** What is signed as it should be and is nonsense all the same: an issuer's mistake must not be an error of ours. */
    @Test
    void mutatedClaimsWithARightSignature() {
        System.out.println("MutatedTokensTest: seed " + SEED);
        Random random = new Random(SEED);
        List<String> values = List.of(
                "1",
                "-1",
                "1e400",
                "1e9",
                "0.5",
                "9223372036854775808",
                "\"\"",
                "\"x\"",
                "null",
                "true",
                "[]",
                "{}",
                "[null]",
                "[[]]",
                "[1]",
                "{\"a\":[{}]}",
                "\"2030-01-01T00:00:00Z\"",
                "\"\\u0000\"",
                "\"\\ud800\"",
                "123456789012345678901234567890",
                "[\"admin-api\"]",
                "[\"a\",\"a\"]");
        List<String> names = List.of(
                "userId", "sub", "role", "name", "login", "cities", "exp", "nbf", "iat", "iss", "aud", "jti", "x");
        for (int i = 0; i < ROUNDS; i++) {
            List<String> members = new ArrayList<>(List.of("\"sub\":\"17\""));
            for (int n = random.nextInt(5); n > 0; n--) {
                members.add("\"" + names.get(random.nextInt(names.size())) + "\":"
                        + values.get(random.nextInt(values.size())));
            }
            String claims = "{" + String.join(",", members) + "}";
            String json = random.nextInt(4) == 0 ? mutate(claims, random) : claims;
            try {
                verifier.verify(signed(json));
            } catch (TokenException e) {
                assertThat(e.getMessage()).endsWith(".");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + SEED + ", round " + i + ": " + json, e);
            }
        }
    }

    private static String mutate(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int n = 1 + random.nextInt(3); n > 0 && !mutated.isEmpty(); n--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(7)) {
                case 0 -> mutated.setCharAt(at, (char) (' ' + random.nextInt(95)));
                case 1 -> mutated.deleteCharAt(at);
                case 2 -> mutated.insert(at, (char) random.nextInt(0x10000));
                case 3 -> mutated.setLength(at);
                case 4 -> mutated.insert(at, mutated.substring(at));
                case 5 -> mutated.insert(at, '.');
                default -> {
                    String header = List.of(
                                    "{\"alg\":\"none\"}",
                                    "{\"alg\":\"HS512\"}",
                                    "{\"alg\":null}",
                                    "{}",
                                    "null",
                                    "7",
                                    "{\"alg\":\"ES256\",\"kid\":\"x\"}",
                                    "{\"alg\":\"HS256\",\"zip\":\"DEF\"}")
                            .get(random.nextInt(8));
                    int dot = mutated.indexOf(".");
                    mutated.replace(
                            0, Math.max(dot, 0), BASE64.encodeToString(header.getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        return mutated.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"1\",\"sub\":\"2\"}",
                "{\"sub\":\"1\",\"role\":\"operator\",\"role\":\"director\"}",
                "{\"sub\":\"1\",\"exp\":1,\"exp\":4000000000}",
                "{\"sub\":\"1\",\"x\":{\"a\":1,\"a\":2}}"
            })
    void aClaimThatIsThereTwiceIsRefused(String claims) {
        assertThat(refusal(verifier, signed(claims))).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @Test
    void aHeaderMemberThatIsThereTwiceIsRefused() {
        String token = BASE64.encodeToString("{\"alg\":\"none\",\"alg\":\"HS256\"}".getBytes())
                + signed("{\"sub\":\"1\"}").replaceFirst("^[^.]*", "");
        assertThat(refusal(verifier, token)).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @Test
    void hugeAndDeepTokensAreRefusedSoon() {
        long began = System.nanoTime();
        for (String token : List.of(
                "a".repeat(50_000_000),
                ".".repeat(8192),
                "a." + "b".repeat(8000) + ".c",
                BASE64.encodeToString(("{\"alg\":" + "[".repeat(5000)).getBytes()) + ".a.b",
                BASE64.encodeToString(
                                ("{\"alg\":\"HS256\",\"x\":" + "[".repeat(2500) + "]".repeat(2500) + "}").getBytes())
                        + ".a.b",
                signed("{\"sub\":\"1\",\"x\":" + "[".repeat(2900) + "]".repeat(2900) + "}"),
                signed("{\"sub\":\"1\",\"x\":" + "{\"a\":".repeat(900) + "1" + "}".repeat(900) + "}"),
                signed("{\"sub\":\"1\",\"x\":" + "9".repeat(5000) + "}"),
                signed("{\"sub\":\"1\",\"exp\":1e" + "9".repeat(5000) + "}"))) {
            try {
                verifier.verify(token);
            } catch (TokenException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.TOKEN_INVALID);
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    private static String signed(String claims) {
        return Jwts.builder()
                .content(claims.getBytes(StandardCharsets.UTF_8))
                .signWith(KEY, Jwts.SIG.HS256)
                .compact();
    }
}
