package dev.realtime.service.ops;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;

/** Probes are answered at the front door, in the words of the back end, which has those with a query. */
class ProbeAnswersTest {

    private final TestService service = TestService.shared();

    private static double direct(TestService service) {
        return service.bean(MeterRegistry.class)
                .counter("realtime.frontdoor.requests", "route", "direct")
                .count();
    }

    private static void alike(TestService service, String method, String path, String accept) {
        double before = direct(service);
        Answer atTheDoor = service.send(method, path, null, "Accept", accept);
        assertThat(direct(service) - before).isEqualTo(1);
        Answer behindIt = service.send(method, path + "?back=end", null, "Accept", accept);
        assertThat(direct(service) - before).isEqualTo(1);
        assertThat(atTheDoor.status()).isEqualTo(behindIt.status());
        assertThat(atTheDoor.text().replaceAll("\"uptime\":\\d+", ""))
                .isEqualTo(behindIt.text().replaceAll("\"uptime\":\\d+", ""));
        assertThat(headers(atTheDoor)).isEqualTo(headers(behindIt));
    }

    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.keySet().removeAll(List.of("date", "content-length", "transfer-encoding"));
        return headers;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /health, */*",
        "HEAD, /health, */*",
        "GET, /health, text/html",
        "GET, /actuator/health/liveness, */*",
        "HEAD, /actuator/health/liveness, */*",
        "GET, /actuator/health/liveness, application/json",
        "GET, /actuator/health/readiness, */*",
        "GET, /actuator/health/readiness, application/json",
    })
    void theDoorAnswersAsTheBackEndDoes(String method, String path, String accept) {
        alike(service, method, path, accept);
    }

    @Test
    void whoShowsATokenIsTheBackEnds() {
        double before = direct(service);
        assertThat(service.get("/actuator/health/liveness", "X-Webhook-Token", "wrong")
                        .status())
                .isEqualTo(401);
        assertThat(service.get("/actuator/health/liveness", "Authorization", "Bearer " + WEBHOOK_TOKEN)
                        .status())
                .isEqualTo(200);
        assertThat(service.get("/actuator/health/liveness", "Accept", "text/html")
                        .status())
                .isNotEqualTo(500);
        assertThat(direct(service)).isEqualTo(before);
    }

    @Test
    void anInstanceThatIsBrokenOrRefusesSaysSo() {
        try (TestRedis redis = TestRedis.started();
                TestService own = TestService.start(redis)) {
            ApplicationAvailabilityBean availability = own.bean(ApplicationAvailabilityBean.class);
            availability.onApplicationEvent(new AvailabilityChangeEvent<>(this, ReadinessState.REFUSING_TRAFFIC));
            alike(own, "GET", "/actuator/health/readiness", "*/*");
            assertThat(own.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(own.get("/actuator/health/liveness").status()).isEqualTo(200);
            availability.onApplicationEvent(new AvailabilityChangeEvent<>(this, LivenessState.BROKEN));
            alike(own, "GET", "/actuator/health/liveness", "*/*");
            assertThat(own.get("/actuator/health/liveness").status()).isEqualTo(503);
        }
    }
}
