package dev.realtime.service.apidocs;

import static dev.realtime.service.rest.TestService.WEBHOOK_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.service.rest.TestService.Answer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class ApiDocsTest {

    private final TestService service = TestService.shared();

    private JsonNode description() {
        Answer answer = service.get("/api/docs/openapi");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void everyEventAndEveryMappingIsDescribedAndNothingElse() {
        JsonNode api = description();
        assertThat(api.get("openapi").asString()).startsWith("3.1");
        Set<String> expected = new HashSet<>();
        paths().forEach(path -> expected.add("/api/v1/broadcast/" + path));
        service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, method) -> {
                    if (method.getBeanType().getPackageName().startsWith("dev.realtime")) {
                        expected.addAll(mapping.getPatternValues());
                    }
                });
        // These two are described as the eight above, and not at all.
        expected.remove("/api/v1/broadcast/{event}");
        expected.remove("/error");
        assertThat(api.get("paths").propertyNames()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyExampleOfARequestIsAcceptedAndAnsweredAsDescribed() {
        JsonNode api = description();
        int examples = 0;
        for (String path : paths().toList()) {
            JsonNode operation =
                    api.get("paths").get("/api/v1/broadcast/" + path).get("post");
            JsonNode listed = operation.at("/requestBody/content/application~1json/examples");
            assertThat(listed.size()).as(path).isPositive();
            for (JsonNode example : listed.values()) {
                String body = example.get("value").toString().replace("the-webhook-token", WEBHOOK_TOKEN);
                Answer answer = service.broadcast(path, body);
                assertThat(answer.status()).as(body + " " + answer).isEqualTo(200);
                assertThat(answer.json().propertyNames())
                        .containsExactlyInAnyOrderElementsOf(api.at("/components/schemas/BroadcastAccepted/properties")
                                .propertyNames());
                examples++;
            }
        }
        assertThat(examples).isGreaterThanOrEqualTo(10);
    }

    @Test
    void everyExampleOfAnAnswerLooksLikeTheRealOne() {
        JsonNode api = description();
        for (String path : new String[] {"/api/v1/stats/connections", "/api/v1/stats/rooms"}) {
            JsonNode examples = api.get("paths").get(path).at("/get/responses/200/content/application~1json/examples");
            assertThat(service.get(path).json().get("data").propertyNames())
                    .containsExactlyElementsOf(
                            examples.at("/anybody/value/data").propertyNames());
            assertThat(service.get(path, "X-Webhook-Token", WEBHOOK_TOKEN)
                            .json()
                            .get("data")
                            .propertyNames())
                    .containsExactlyElementsOf(
                            examples.at("/director/value/data").propertyNames());
        }
        JsonNode history = api.at("/paths/~1api~1v1~1events/get/responses/200/content/application~1json/example");
        String begin = service.get("/api/v1/events", "X-Webhook-Token", WEBHOOK_TOKEN)
                .json()
                .get("next")
                .asString();
        service.broadcast("call-new", "{\"token\":\"" + WEBHOOK_TOKEN + "\",\"call\":{\"id\":2}}");
        JsonNode part = service.get("/api/v1/events?after=" + begin, "X-Webhook-Token", WEBHOOK_TOKEN)
                .json();
        assertThat(part.propertyNames()).containsExactlyElementsOf(history.propertyNames());
        assertThat(part.at("/events/0").propertyNames())
                .containsExactlyElementsOf(history.at("/events/0").propertyNames());
        JsonNode health = api.at("/paths/~1health/get/responses/200/content/application~1json/example");
        assertThat(service.get("/health").json().propertyNames()).containsExactlyElementsOf(health.propertyNames());
    }

    @Test
    void everyExampleOfAProblemHasACodeThatExists() {
        Set<String> codes = new HashSet<>();
        Arrays.stream(ErrorCode.values()).forEach(code -> codes.add(code.code()));
        int problems = 0;
        for (JsonNode response : description().at("/components/responses").values()) {
            JsonNode example = response.at("/content/application~1problem+json/example");
            if (!example.isMissingNode()) {
                assertThat(codes).contains(example.get("code").asString());
                problems++;
            }
        }
        assertThat(problems).isGreaterThanOrEqualTo(6);
    }

    @Test
    void thePageComesFromHereAlone() {
        Answer redirect = service.get("/api/docs");
        assertThat(redirect.status()).isEqualTo(302);
        String location = redirect.header("Location");
        assertThat(location).startsWith("/");
        Answer page = service.get(location);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'");
        Matcher references = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.text());
        int found = 0;
        while (references.find()) {
            assertThat(references.group(1)).doesNotContain("//");
            String base = location.substring(0, location.lastIndexOf('/') + 1);
            String path = java.net.URI.create(base).resolve(references.group(1)).getPath();
            assertThat(service.get(path).status()).as(path).isEqualTo(200);
            found++;
        }
        assertThat(found).isGreaterThan(3);
        JsonNode config = service.get("/api/docs/openapi/swagger-config").json();
        assertThat(config.get("url").asString()).isEqualTo("/api/docs/openapi");
        assertThat(config.path("validatorUrl").asString("")).doesNotContain("//");
    }

    @Test
    void inProductionThereIsNone() {
        try (TestRedis redis = TestRedis.started();
                TestService production = TestService.start(redis, "spring.profiles.active=production")) {
            for (String path : new String[] {
                "/api/docs",
                "/api/docs/openapi",
                "/api/docs/openapi.yaml",
                "/api/docs/openapi/swagger-config",
                "/api/swagger-ui/index.html",
            }) {
                assertThat(production.get(path).status()).as(path).isEqualTo(404);
            }
            assertThat(production.get("/health").status()).isEqualTo(200);
        }
    }

    private static Stream<String> paths() {
        return Arrays.stream(BroadcastEvent.values()).flatMap(event -> event.path().stream());
    }
}
