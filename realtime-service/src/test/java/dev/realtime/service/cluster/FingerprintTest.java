package dev.realtime.service.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void aFingerprintDependsOnEverything() {
        String one = Fingerprint.of("A", "secret", "00");
        assertThat(one).hasSize(32).isEqualTo(Fingerprint.of("A", "secret", "00"));
        assertThat(List.of(
                        Fingerprint.of("B", "secret", "00"),
                        Fingerprint.of("A", "secreT", "00"),
                        Fingerprint.of("A", "secret", "01")))
                .doesNotContain(one);
    }

    /** Instances of two releases compare theirs. */
    @Test
    void aFingerprintIsTheSameInEveryRelease() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("пароль".getBytes(UTF_8), "HmacSHA256"));
        byte[] whole = mac.doFinal("realtime fingerprint of JWT_SECRET 0a1b".getBytes(UTF_8));
        assertThat(Fingerprint.of("JWT_SECRET", "пароль", "0a1b"))
                .isEqualTo(HexFormat.of().formatHex(whole, 0, 16));
    }

    @Test
    void noTwoSaltsAreTheSame() {
        assertThat(Fingerprint.newSalt()).matches("[0-9a-f]{32}").isNotEqualTo(Fingerprint.newSalt());
    }
}
