package dev.realtime.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.security.PresentedToken.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestTokensTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    private List<PresentedToken> tokens() {
        return RequestTokens.of(RequestHeaders.of(request));
    }

    @Test
    void aRequestWithoutTokensHasNone() {
        request.addHeader("Cookie", "token=abc");
        assertThat(tokens()).isEmpty();
    }

    @Test
    void allTokensAreTakenTheWebhookTokensFirst() {
        request.addHeader("Authorization", "Bearer one");
        request.addHeader("x-webhook-token", "two");
        request.addHeader("X-Webhook-Token", "three");
        request.addHeader("authorization", "Bearer four");
        assertThat(tokens()).extracting(PresentedToken::getCredentials).containsExactly("two", "three", "one", "four");
        assertThat(tokens())
                .extracting(PresentedToken::kind)
                .containsExactly(Kind.WEBHOOK, Kind.WEBHOOK, Kind.BEARER, Kind.BEARER);
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer abc, abc",
        "bearer abc, abc",
        "BEARER abc, abc",
        "'Bearer   abc ', abc",
        "'Bearer ', ''",
        "Bearer, ''",
        "Bearerabc, ''",
        "Basic abc, ''",
        "abc, ''",
        "'', ''",
    })
    void onlyTheSchemeBearerHasAToken(String header, String token) {
        assertThat(RequestTokens.bearer(header)).isEqualTo(token);
    }

    @Test
    void aTokenInAnotherSchemeIsAWrongOneAndNotAMissingOne() {
        request.addHeader("Authorization", "Basic abc");
        assertThat(tokens()).extracting(PresentedToken::getCredentials).containsExactly("");
    }

    @Test
    void whatIsLoggedOfATokenDoesNotShowIt() {
        request.addHeader("X-Webhook-Token", "secret");
        assertThat(tokens().getFirst()).hasToString("PresentedToken[WEBHOOK]");
    }

    @Test
    void aTokenIsNotVerifiedByBeingPresented() {
        request.addHeader("X-Webhook-Token", "secret");
        assertThat(tokens().getFirst().isAuthenticated()).isFalse();
        assertThat(tokens().getFirst().getAuthorities()).isEmpty();
    }
}
