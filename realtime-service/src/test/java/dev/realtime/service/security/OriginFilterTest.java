package dev.realtime.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.cors.CorsProperties;
import dev.realtime.service.cors.OriginPolicy;
import dev.realtime.service.problem.ProblemWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** Requests of pages to {@code http://realtime:5009}, which lists one other origin. */
class OriginFilterTest {

    private static final String LISTED = "https://office.example";

    private final OriginFilter filter = new OriginFilter(
            new OriginPolicy(new CorsProperties(List.of(LISTED))), new ProblemWriter(new JsonMapper()));
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain chain = new MockFilterChain();

    private void send(String method, String... headers) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/api/v1/stats/rooms");
        request.setServerName("realtime");
        request.setServerPort(5009);
        for (int i = 0; i < headers.length; i += 2) {
            request.addHeader(headers[i], headers[i + 1]);
        }
        filter.doFilter(request, response, chain);
    }

    private boolean wentOn() {
        return chain.getRequest() != null;
    }

    private void isRefused() throws Exception {
        assertThat(wentOn()).isFalse();
        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getContentAsString()).contains("\"code\":\"origin_forbidden\"");
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void aRequestOfNoPageGoesOnWithoutAWordOfOrigins() throws Exception {
        send("GET");
        assertThat(wentOn()).isTrue();
        assertThat(response.getHeaderNames()).containsExactly("Vary");
    }

    @Test
    void whateverTheAnswerItVariesByOrigin() throws Exception {
        send("GET", "Origin", "https://evil.example");
        assertThat(response.getHeaders("Vary")).containsExactly("Origin");
    }

    @Test
    void aPageOfAListedOriginGoesOnAndMaySeeItsAnswer() throws Exception {
        send("GET", "Origin", LISTED);
        assertThat(wentOn()).isTrue();
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo(LISTED);
        assertThat(response.getHeader("Access-Control-Expose-Headers")).contains("Retry-After", "Idempotent-Replayed");
        assertThat(response.getHeader("Access-Control-Allow-Credentials")).isNull();
    }

    @Test
    void aPageOfTheServicesOwnOriginGoesOn() throws Exception {
        send("POST", "Origin", "http://realtime:5009");
        assertThat(wentOn()).isTrue();
    }

    @Test
    void aPageOfAnotherOriginIsRefused() throws Exception {
        send("GET", "Origin", "https://evil.example");
        isRefused();
    }

    @Test
    void aRequestWithTwoOriginsIsRefusedThoughOneIsListed() throws Exception {
        send("GET", "Origin", LISTED, "Origin", "https://evil.example");
        isRefused();
    }

    @Test
    void aPreflightIsAnsweredHereAndGoesNoFurther() throws Exception {
        send("OPTIONS", "Origin", LISTED, "Access-Control-Request-Method", "POST");
        assertThat(wentOn()).isFalse();
        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo(LISTED);
        assertThat(response.getHeader("Access-Control-Allow-Methods")).isEqualTo("GET, POST");
        assertThat(response.getHeader("Access-Control-Allow-Headers")).contains("Authorization", "X-Webhook-Token");
        assertThat(response.getHeader("Access-Control-Max-Age")).isEqualTo("600");
    }

    @Test
    void aPreflightOfAnotherOriginIsRefused() throws Exception {
        send("OPTIONS", "Origin", "https://evil.example", "Access-Control-Request-Method", "POST");
        isRefused();
    }

    @Test
    void anOptionsThatIsNoPreflightGoesOn() throws Exception {
        send("OPTIONS", "Origin", LISTED);
        assertThat(wentOn()).isTrue();
    }
}
