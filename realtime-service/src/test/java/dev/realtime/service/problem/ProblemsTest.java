package dev.realtime.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemsTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** What the codes that are not 400 mean; a code that is new must be decided about. */
    @ParameterizedTest
    @CsvSource({
        "401, TOKEN_MISSING TOKEN_INVALID TOKEN_EXPIRED TOKEN_NOT_YET_VALID TOKEN_ALGORITHM TOKEN_ISSUER TOKEN_AUDIENCE"
                + " AUTHENTICATION_REQUIRED",
        "403, TOKEN_OTHER_USER USER_BLOCKED FORBIDDEN ROOM_FORBIDDEN ORIGIN_FORBIDDEN EVENT_FORBIDDEN",
        "404, EVENT_UNKNOWN NOT_FOUND SENDING_UNKNOWN",
        "405, METHOD_NOT_ALLOWED",
        "406, NOT_ACCEPTABLE",
        "409, ALREADY_SENT NOT_SENT ALL_CONFIRMED",
        "410, POSITION_EXPIRED EPOCH_CHANGED",
        "413, BODY_TOO_LARGE",
        "415, MEDIA_TYPE_UNSUPPORTED",
        "422, IDEMPOTENCY_KEY_REUSED",
        "429, TOO_MANY_EVENTS",
        "500, INTERNAL_ERROR",
        "503, BOARD_NOT_READY RECEIPTS_FULL SENDINGS_FULL BACKPLANE_UNAVAILABLE BACKPLANE_FULL BACKPLANE_READ_ONLY BACKPLANE_FORBIDDEN BACKPLANE_MISCONFIGURED"
                + " BACKPLANE_NOT_READY BACKPLANE_REFUSED OVERLOADED",
        "400, TOO_MANY_SOCKETS ROOM_INVALID ROOM_UNKNOWN ROOM_LIMIT ROOM_RATE CONFIRM_UNKNOWN CONFIRM_RECALLED CONFIRM_RATE PAYLOAD_INVALID BODY_MALFORMED"
                + " VALIDATION_FAILED POSITION_INVALID REQUEST_INVALID IDEMPOTENCY_KEY_INVALID BACKPLANE_AWAY",
    })
    void eachCodeHasItsStatus(int status, String codes) {
        List<ErrorCode> having = Arrays.stream(ErrorCode.values())
                .filter(code -> Problems.status(code).value() == status)
                .toList();
        assertThat(having)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(codes.split(" ")).map(ErrorCode::valueOf).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aProblemHasTheMembersOfRfc9457AndItsCode(ErrorCode code) {
        JsonNode problem = JSON.readTree(JSON.writeValueAsString(Problems.of(code, "Why.")));
        HttpStatus status = Problems.status(code);
        assertThat(problem)
                .isEqualTo(JSON.valueToTree(Map.of(
                        "type",
                        "about:blank",
                        "title",
                        status.getReasonPhrase(),
                        "status",
                        status.value(),
                        "detail",
                        "Why.",
                        "code",
                        code.code())));
    }

    @Test
    void whatExactlyIsWrongIsAmongTheMembersWhereItIsKnown() {
        Problem problem = Problems.of(
                ErrorCode.VALIDATION_FAILED, "Why.", List.of(new Problem.FieldError("call.id", "is missing")));
        JsonNode errors = JSON.readTree(JSON.writeValueAsString(problem)).get("errors");
        assertThat(errors.toString()).isEqualTo("[{\"path\":\"call.id\",\"message\":\"is missing\"}]");
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderSaysHowToGoOnWhereThatHelps(ErrorCode code) {
        Map<String, String> headers = Problems.headers(code);
        switch (Problems.status(code)) {
            case UNAUTHORIZED -> assertThat(headers).containsOnlyKeys("WWW-Authenticate");
            case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS -> assertThat(headers).isEqualTo(Map.of("Retry-After", "1"));
            default -> assertThat(headers).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"TOKEN_MISSING, false", "AUTHENTICATION_REQUIRED, false", "TOKEN_INVALID, true", "TOKEN_EXPIRED, true"})
    void onlyWhoShowedATokenIsToldOfAnErrorInIt(ErrorCode code, boolean told) {
        String header = Problems.headers(code).get("WWW-Authenticate");
        assertThat(header).startsWith("Bearer realm=\"realtime\"");
        assertThat(header.contains("error=\"invalid_token\"")).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "400, REQUEST_INVALID",
        "401, TOKEN_MISSING",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "405, METHOD_NOT_ALLOWED",
        "406, NOT_ACCEPTABLE",
        "413, BODY_TOO_LARGE",
        "415, MEDIA_TYPE_UNSUPPORTED",
        "418, REQUEST_INVALID",
        "431, REQUEST_INVALID",
        "499, REQUEST_INVALID",
        "500, INTERNAL_ERROR",
        "501, INTERNAL_ERROR",
        "503, OVERLOADED",
        "599, INTERNAL_ERROR",
    })
    void aStatusThatTheServerChoseHasACodeAndASentence(int status, ErrorCode code) {
        HttpStatusCode chosen = HttpStatusCode.valueOf(status);
        assertThat(Problems.code(chosen)).isEqualTo(code);
        Problem problem = Problems.of(code, chosen, Problems.detail(code), List.of());
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.title()).isNotBlank();
        assertThat(problem.detail()).endsWith(".");
    }

    @Test
    void anUnknownStatusHasATitleToo() {
        assertThat(Problems.of(ErrorCode.REQUEST_INVALID, HttpStatusCode.valueOf(499), "Why.", List.of())
                        .title())
                .isEqualTo("Error");
    }
}
