package dev.realtime.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Problems from where there is no controller. */
class ProblemWriterTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void aFilterAnswersWithAWholeProblem() throws Exception {
        new ProblemWriter(JSON).write(response, ErrorCode.TOKEN_EXPIRED, "Срок вышел.");
        JsonNode problem = JSON.readTree(response.getContentAsByteArray());
        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getHeader("WWW-Authenticate")).contains("invalid_token");
        assertThat(response.getContentLength()).isEqualTo(response.getContentAsByteArray().length);
        assertThat(problem.get("detail").asString()).isEqualTo("Срок вышел.");
    }

    @Test
    void anAnswerThatHasBegunIsLeftAlone() throws Exception {
        response.setStatus(200);
        response.flushBuffer();
        new ProblemWriter(JSON).write(response, ErrorCode.FORBIDDEN, "No.");
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsByteArray()).isEmpty();
    }

    private static ResponseEntity<Problem> error(Object status) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setAttribute("jakarta.servlet.error.status_code", status);
        request.setAttribute("jakarta.servlet.error.exception", new IllegalStateException("what nobody may see"));
        return new ProblemErrorController().error(request);
    }

    @Test
    void anErrorOutsideOfSpringMvcKeepsItsStatusAndSaysNothingOfItsCause() {
        ResponseEntity<Problem> answer = error(503);
        Problem problem = Objects.requireNonNull(answer.getBody());
        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("1");
        assertThat(String.valueOf(answer.getHeaders().getContentType())).isEqualTo("application/problem+json");
        assertThat(problem.code()).isEqualTo("overloaded");
        assertThat(problem.toString()).doesNotContain("what nobody may see");
    }

    @Test
    void whoAsksForTheErrorPageItselfFindsNothing() {
        assertThat(error("no number").getStatusCode().value()).isEqualTo(404);
    }
}
