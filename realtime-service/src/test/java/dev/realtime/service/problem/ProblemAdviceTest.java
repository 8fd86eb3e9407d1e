package dev.realtime.service.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.Room;
import dev.realtime.testkit.LogLines;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of what a controller throws. */
class ProblemAdviceTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRET = "what nobody may see";

    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new Throwing())
            .setControllerAdvice(new ProblemAdvice())
            .setMessageConverters(new JacksonJsonHttpMessageConverter(JSON))
            .build();

    record Body(String name, List<Room> rooms) {}

    @RestController
    static final class Throwing {

        @GetMapping("/throws/{what}")
        Map<String, String> get(@PathVariable("what") String what) throws Exception {
            switch (what) {
                case "refusal" ->
                    throw new ProblemException(
                            ErrorCode.VALIDATION_FAILED,
                            "It is wrong.",
                            List.of(new Problem.FieldError("a.b", "is wrong")));
                case "away" -> throw new ProblemException(ErrorCode.BACKPLANE_UNAVAILABLE, "Redis is unavailable.");
                case "fault" -> throw new IllegalStateException(SECRET, new IOException(SECRET));
                case "rejected" -> throw new RequestRejectedException(SECRET);
                case "gone" -> throw new IOException(new ClientAbortException());
                case "denied" -> throw new AccessDeniedException(SECRET);
                default -> {
                    return Map.of("what", what);
                }
            }
        }

        @PostMapping(path = "/takes", consumes = MediaType.APPLICATION_JSON_VALUE)
        Map<String, String> post(@RequestBody Body body) {
            return Map.of("name", body.name());
        }
    }

    private MockHttpServletResponse perform(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request).andReturn().getResponse();
    }

    private MockHttpServletResponse get(String what) throws Exception {
        return perform(MockMvcRequestBuilders.get("/throws/" + what));
    }

    private MockHttpServletResponse post(String body) throws Exception {
        return perform(MockMvcRequestBuilders.post("/takes")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }

    private static JsonNode problem(MockHttpServletResponse response, int status, String code) throws Exception {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        JsonNode problem = JSON.readTree(response.getContentAsString());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.toString()).doesNotContain(SECRET, "Exception", "at dev.");
        return problem;
    }

    @Test
    void aRefusalIsTheProblemThatItSays() throws Exception {
        JsonNode problem = problem(get("refusal"), 400, "validation_failed");
        assertThat(problem.get("detail").asString()).isEqualTo("It is wrong.");
        assertThat(problem.get("errors").toString()).isEqualTo("[{\"path\":\"a.b\",\"message\":\"is wrong\"}]");
    }

    @Test
    void aRefusalHasTheHeadersOfItsCode() throws Exception {
        MockHttpServletResponse response = get("away");
        problem(response, 503, "backplane_unavailable");
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
    }

    @Test
    void aFaultIsLoggedAndNotShown() throws Exception {
        try (LogLines log = new LogLines()) {
            problem(get("fault"), 500, "internal_error");
            assertThat(log.lines())
                    .anyMatch(line -> line.startsWith("ERROR A request failed") && line.contains(SECRET));
        }
    }

    @Test
    void whatTheFirewallSaysOfAHeaderIsNotRepeated() throws Exception {
        problem(get("rejected"), 400, "request_invalid");
    }

    @Test
    void whatSpringSecurityThrowsIsLeftToItsFilters() {
        assertThatThrownBy(() -> get("denied")).hasRootCauseInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aClientThatWentAwayIsNoFaultOfOurs() throws Exception {
        try (LogLines log = new LogLines()) {
            assertThat(get("gone").getContentAsByteArray()).isEmpty();
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    @Test
    void aBodyThatIsNotTheJsonThatIsTakenIsMalformedAndNotRepeated() throws Exception {
        for (String body : new String[] {"", "{\"name\":\"" + SECRET, "[\"" + SECRET + "\"]"}) {
            problem(post(body), 400, "body_malformed");
        }
    }

    @Test
    void aRoomThatIsNoneIsToldByItsCode() throws Exception {
        problem(post("{\"name\":\"n\",\"rooms\":[\"kitchen\"]}"), 400, "room_unknown");
    }

    @Test
    void anotherMethodIsRefusedWithThoseThatAreTaken() throws Exception {
        MockHttpServletResponse response = perform(MockMvcRequestBuilders.delete("/takes"));
        problem(response, 405, "method_not_allowed");
        assertThat(response.getHeader("Allow")).contains("POST");
    }

    @Test
    void anotherMediaTypeOfTheBodyIsRefused() throws Exception {
        problem(
                perform(MockMvcRequestBuilders.post("/takes")
                        .contentType(MediaType.TEXT_PLAIN)
                        .content("name")),
                415,
                "media_type_unsupported");
    }

    @Test
    void whoAcceptsNoProblemGetsOneAllTheSame() throws Exception {
        problem(
                perform(MockMvcRequestBuilders.get("/throws/nothing").accept(MediaType.IMAGE_PNG)),
                406,
                "not_acceptable");
        problem(
                perform(MockMvcRequestBuilders.get("/throws/refusal").accept(MediaType.APPLICATION_JSON)),
                400,
                "validation_failed");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        problem(perform(MockMvcRequestBuilders.get("/nothing")), 404, "not_found");
    }
}
