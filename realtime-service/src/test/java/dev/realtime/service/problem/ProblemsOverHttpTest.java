package dev.realtime.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a whole service shows. */
class ProblemsOverHttpTest {

    private final TestService service = TestService.shared();

    @ParameterizedTest
    @CsvSource({
        "/nothing, 404",
        "/actuator/env, 401",
        "/api/v1/stats/nothing, 404",
        "/api/v1/events, 401",
        "/api/v1/admin/stats/rooms, 404",
    })
    void aHeadIsAnsweredAsAGetWithoutItsBody(String path, int status) {
        Answer get = service.get(path);
        Answer head = service.send("HEAD", path, null);
        assertThat(head.status()).isEqualTo(status).isEqualTo(get.status());
        assertThat(head.response().body()).isEmpty();
        assertThat(head.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(head.header("WWW-Authenticate")).isEqualTo(get.header("WWW-Authenticate"));
    }

    @Test
    void aMethodThatIsNotTakenIsRefusedWithThoseThatAre() {
        Answer answer = service.send("DELETE", "/api/v1/stats/rooms", null);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET");
        assertThat(answer.json().get("code").asString()).isEqualTo("method_not_allowed");
    }
}
