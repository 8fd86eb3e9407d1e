package dev.realtime.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.security.WebhookProperties.ServiceKeys;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of the services default and calls a request is of, by its tokens in the headers and in the body. */
class WebhookGuardTest {

    private static final String SHARED = "the-token-of-everybody";
    private static final String CALLS = "token-of-the-calls-service";
    private static final String WRONG = "token-of-nobody-at-all";

    private final WebhookGuard guard = new WebhookGuard(new WebhookServices(
            new WebhookProperties(SHARED, Map.of("calls", new ServiceKeys(List.of(CALLS), List.of(), null, null)))));

    private static RequestHeaders headers(List<String> webhook, List<String> authorization) {
        return name -> switch (name) {
            case "X-Webhook-Token" -> webhook;
            case "Authorization" -> authorization;
            default -> List.of();
        };
    }

    private @Nullable String shown(List<String> webhook, List<String> authorization) {
        WebhookService service = guard.byHeaders(headers(webhook, authorization));
        return service == null ? null : service.name();
    }

    private static ErrorCode refused(Supplier<?> asking) {
        return catchThrowableOfType(ProblemException.class, asking::get).code();
    }

    @Test
    void headersWithoutATokenShowNobody() {
        assertThat(shown(List.of(), List.of())).isNull();
    }

    @Test
    void eitherHeaderShowsTheService() {
        assertThat(shown(List.of(CALLS), List.of())).isEqualTo("calls");
        assertThat(shown(List.of(), List.of("Bearer " + CALLS))).isEqualTo("calls");
    }

    @Test
    void ofTwoServicesInTheHeadersTheWebhookTokensIsTheOne() {
        assertThat(shown(List.of(CALLS), List.of("Bearer " + SHARED))).isEqualTo("calls");
        assertThat(shown(List.of(SHARED, CALLS), List.of())).isEqualTo("default");
    }

    @Test
    void aWrongTokenBesideARightOneIsRefused() {
        assertThat(refused(() -> shown(List.of(CALLS, WRONG), List.of()))).isEqualTo(ErrorCode.TOKEN_INVALID);
        assertThat(refused(() -> shown(List.of(CALLS), List.of("Bearer " + WRONG))))
                .isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @Test
    void anotherSchemeThanBearerIsAWrongToken() {
        assertThat(refused(() -> shown(List.of(), List.of("Basic " + CALLS)))).isEqualTo(ErrorCode.TOKEN_INVALID);
        assertThat(refused(() -> shown(List.of(), List.of(CALLS)))).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @Test
    void anEmptyTokenIsAWrongOneAndNotAMissingOne() {
        assertThat(refused(() -> shown(List.of(""), List.of()))).isEqualTo(ErrorCode.TOKEN_INVALID);
        assertThat(refused(() -> guard.check(null, ""))).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @Test
    void theTokenInTheBodyIsAsGoodAsOneInAHeader() {
        assertThat(guard.check(null, CALLS).name()).isEqualTo("calls");
    }

    @Test
    void theServiceOfTheHeadersCountsBeforeTheBodys() {
        assertThat(guard.check(guard.byToken(CALLS), SHARED).name()).isEqualTo("calls");
        assertThat(guard.check(guard.byToken(CALLS), null).name()).isEqualTo("calls");
    }

    @Test
    void aWrongTokenInTheBodyIsRefusedWhateverTheHeadersShow() {
        assertThat(refused(() -> guard.check(guard.byToken(CALLS), WRONG))).isEqualTo(ErrorCode.TOKEN_INVALID);
    }

    @Test
    void aRequestWithoutAnyTokenIsToldWhereToSendIt() {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> guard.check(null, null));
        assertThat(refusal.code()).isEqualTo(ErrorCode.TOKEN_MISSING);
        assertThat(refusal.getMessage()).contains("Authorization: Bearer", "X-Webhook-Token", "token");
    }

    @Test
    void noRefusalRepeatsAToken() {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> guard.byToken(WRONG));
        assertThat(refusal.getMessage()).doesNotContain(WRONG);
    }
}
