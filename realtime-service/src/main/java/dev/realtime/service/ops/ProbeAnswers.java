package dev.realtime.service.ops;

import dev.realtime.frontdoor.routing.DirectEndpoint;
import dev.realtime.service.security.AnswerHeaders;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers the probes of orchestrators and load balancers on the event loop, from memory: liveness, readiness and
 * {@code /health}. Probes get their answer immediately, however busy the back end is. A request that has a token, comes
 * from a page, or asks for another media type goes to the back end, which reads the same state.
 */
@Component
final class ProbeAnswers implements DirectEndpoint {

    private static final String HEALTH = "/health";
    private static final String LIVENESS = "/actuator/health/liveness";
    private static final String READINESS = "/actuator/health/readiness";
    private static final Set<String> PATHS = Set.of(HEALTH, LIVENESS, READINESS);
    private static final String ACTUATOR_JSON = "application/vnd.spring-boot.actuator.v3+json";

    private final ApplicationAvailability availability;
    private final HealthReports reports;
    private final JsonMapper json;

    ProbeAnswers(ApplicationAvailability availability, HealthReports reports, JsonMapper json) {
        this.availability = availability;
        this.reports = reports;
        this.json = json;
    }

    @Override
    public boolean takes(HttpRequest head) {
        if (!PATHS.contains(head.uri())) {
            return false;
        }
        HttpHeaders headers = head.headers();
        return (head.method().equals(HttpMethod.GET) || head.method().equals(HttpMethod.HEAD))
                && !headers.contains(HttpHeaderNames.ORIGIN)
                && !headers.contains(HttpHeaderNames.AUTHORIZATION)
                && !headers.contains("X-Webhook-Token")
                && !HttpUtil.isTransferEncodingChunked(head)
                && HttpUtil.getContentLength(head, 0L) == 0
                && (head.uri().equals(HEALTH) || mediaType(headers) != null);
    }

    /** Returns null if the back end must negotiate the media type. */
    private static @Nullable String mediaType(HttpHeaders headers) {
        List<String> accepted = headers.getAll(HttpHeaderNames.ACCEPT);
        if (accepted.isEmpty() || accepted.equals(List.of(MediaType.ALL_VALUE))) {
            return ACTUATOR_JSON;
        }
        return accepted.equals(List.of(MediaType.APPLICATION_JSON_VALUE)) ? MediaType.APPLICATION_JSON_VALUE : null;
    }

    @Override
    public Incoming begin(HttpRequest head, Caller caller) {
        caller.answer(
                switch (head.uri()) {
                    case LIVENESS -> state(head, availability.getLivenessState() == LivenessState.CORRECT, "DOWN");
                    case READINESS ->
                        state(
                                head,
                                availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC,
                                "OUT_OF_SERVICE");
                    default ->
                        answer(
                                HttpResponseStatus.OK,
                                MediaType.APPLICATION_JSON_VALUE,
                                json.writeValueAsBytes(reports.now()),
                                AnswerHeaders.withPages());
                });
        return Incoming.NONE;
    }

    private static FullHttpResponse state(HttpRequest head, boolean good, String otherwise) {
        String body = "{\"status\":\"" + (good ? "UP" : otherwise) + "\"}";
        return answer(
                good ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                String.valueOf(mediaType(head.headers())),
                body.getBytes(StandardCharsets.US_ASCII),
                AnswerHeaders.all());
    }

    private static FullHttpResponse answer(
            HttpResponseStatus status, String mediaType, byte[] body, Map<String, String> security) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        security.forEach((name, value) -> response.headers().set(name, value));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, mediaType)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.DATE, DateFormatter.format(new Date()));
        return response;
    }
}
