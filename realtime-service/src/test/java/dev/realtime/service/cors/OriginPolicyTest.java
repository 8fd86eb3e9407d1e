package dev.realtime.service.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

    private final OriginPolicy ownOnly = new OriginPolicy(new CorsProperties(null));

    private static OriginPolicy listing(String... origins) {
        return new OriginPolicy(new CorsProperties(List.of(origins)));
    }

    @Test
    void aRequestWithoutOriginPasses() {
        assertThat(ownOnly.allows(null, "localhost:5009", false)).isTrue();
        assertThat(ownOnly.allows(null, null, false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:5009, localhost:5009, false",
        "http://LOCALHOST:5009, localhost:5009, false",
        "http://localhost:5009, LocalHost:5009, false",
        "http://example.com, example.com, false",
        "http://example.com, example.com:80, false",
        "http://example.com:80, example.com, false",
        "https://example.com, example.com, true",
        "https://example.com, example.com:443, true",
        "http://[::1]:5009, [::1]:5009, false",
        "http://127.0.0.1:5009, 127.0.0.1:5009, false",
    })
    void theServicesOwnOriginPasses(String origin, String host, boolean secure) {
        assertThat(ownOnly.allows(origin, host, secure)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:5010, localhost:5009, false",
        "http://localhost, localhost:5009, false",
        "https://localhost:5009, localhost:5009, false",
        "http://localhost:5009, localhost:5009, true",
        "http://evil.example, localhost:5009, false",
        "http://localhost:5009.evil.example, localhost:5009, false",
        "http://localhost:5009@evil.example, localhost:5009, false",
        "http://evil.example/localhost:5009, localhost:5009, false",
        "http://localhost:5009/, localhost:5009, false",
        "'http://localhost:5009 http://evil.example', localhost:5009, false",
        "null, localhost:5009, false",
        "'', localhost:5009, false",
        "localhost:5009, localhost:5009, false",
        "file://, localhost:5009, false",
        "http://localhost:99999, localhost:99999, false",
        "http://localhost:5009,, false",
    })
    void everyOtherOriginIsRefused(String origin, String host, boolean secure) {
        assertThat(ownOnly.allows(origin, host, secure)).isFalse();
    }

    @Test
    void listedOriginsPassWhateverTheHostAndTheOwnOneStill() {
        OriginPolicy policy = listing("http://localhost:3000", " https://App.Example.com ", "https://пример.рф");
        assertThat(policy.allows("http://localhost:3000", "realtime:5009", false))
                .isTrue();
        assertThat(policy.allows("https://app.example.com:443", "realtime:5009", false))
                .isTrue();
        assertThat(policy.allows("https://xn--e1afmkfd.xn--p1ai", "realtime:5009", true))
                .isTrue();
        assertThat(policy.allows("http://realtime:5009", "realtime:5009", false))
                .isTrue();
        assertThat(policy.allows("http://app.example.com", "realtime:5009", false))
                .isFalse();
        assertThat(policy.allows("https://sub.app.example.com", "realtime:5009", false))
                .isFalse();
        assertThat(policy.allows("null", "realtime:5009", false)).isFalse();
    }

    @Test
    void pagesWithoutAnOriginPassWhereTheyAreListed() {
        assertThat(listing("null").allows("null", "realtime:5009", false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "https://*.example.com", "example.com", "http://", "http://a/", "http://a/b", "http://a b"})
    void whatIsNoOriginStopsTheStartAndNamesTheVariable(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> listing("http://localhost:3000", origin))
                .withMessageContaining("CORS_ORIGIN");
    }

    @Test
    void emptyItemsOfTheListAreNothing() {
        assertThat(new CorsProperties(List.of("", " ")).origins()).isEmpty();
    }
}
