package dev.realtime.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.rest.TestService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerHeadersTest {

    /** Whoever answers without the filters says the same as the filters. */
    @Test
    void theyAreThoseThatTheFiltersWrite() {
        var written = TestService.shared().get("/api/v1/stats/rooms").response().headers();
        AnswerHeaders.all()
                .forEach((name, value) ->
                        assertThat(written.allValues(name)).as(name).contains(value));
    }

    @Test
    void withPagesOnlyWhatAPageMayLoadIsAnother() {
        Map<String, String> pages = new HashMap<>(AnswerHeaders.withPages());
        Map<String, String> others = new HashMap<>(AnswerHeaders.all());
        assertThat(pages.remove("Content-Security-Policy"))
                .contains("script-src 'self'")
                .doesNotContain("https:");
        assertThat(others.remove("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
        assertThat(pages).isEqualTo(others);
    }

    @Test
    void noPageMayBeFramedAndNoScriptWrittenIntoOneRuns() {
        for (Map<String, String> headers : List.of(AnswerHeaders.all(), AnswerHeaders.withPages())) {
            assertThat(headers.get("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("script-src 'unsafe-inline'", "unsafe-eval");
            assertThat(headers).containsEntry("X-Frame-Options", "DENY");
        }
    }

    @Test
    void anOriginIsToldWhatItMayReadAndNothingOfCookies() {
        assertThat(AnswerHeaders.toOrigin("https://office.example"))
                .containsEntry("Access-Control-Allow-Origin", "https://office.example")
                .containsKey("Access-Control-Expose-Headers")
                .hasSize(2);
    }
}
