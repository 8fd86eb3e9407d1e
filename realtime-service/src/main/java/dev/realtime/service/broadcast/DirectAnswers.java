package dev.realtime.service.broadcast;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.problem.Problems;
import dev.realtime.service.security.AnswerHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Builds answers as Spring MVC and its filters would, and counts them in the same metric. */
@Component
final class DirectAnswers {

    private static final String METRIC = "http.server.requests";
    private static final String URI = "/api/v1/broadcast/{event}";

    private final JsonMapper json;
    private final MeterRegistry meters;
    private final HttpHeaders always = new DefaultHttpHeaders();

    /** By status and exception; there are few combinations. */
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    private record Dated(long second, String text) {}

    private volatile Dated dated = new Dated(0, "");

    DirectAnswers(JsonMapper json, MeterRegistry meters) {
        this.json = json;
        this.meters = meters;
        AnswerHeaders.all().forEach(always::set);
    }

    FullHttpResponse done(BroadcastRequests.Done done) {
        FullHttpResponse response = answer(HttpStatus.OK, MediaType.APPLICATION_JSON_VALUE, done.answer());
        if (done.repeated()) {
            response.headers().set(BroadcastRequests.REPLAYED, "true");
        }
        return response;
    }

    FullHttpResponse refused(ProblemException e) {
        return refused(e.code(), Problems.of(e.code(), e.getMessage(), e.errors()));
    }

    /** An answer with the default sentence of this code. */
    FullHttpResponse refused(ErrorCode code) {
        return refused(code, Problems.of(code, Problems.detail(code)));
    }

    private FullHttpResponse refused(ErrorCode code, Problem problem) {
        FullHttpResponse response = answer(Problems.status(code), Problem.MEDIA_TYPE, problem);
        Problems.headers(code).forEach((name, value) -> response.headers().set(name, value));
        return response;
    }

    private FullHttpResponse answer(HttpStatus status, String mediaType, Object body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status.value()),
                Unpooled.wrappedBuffer(json.writeValueAsBytes(body)));
        response.headers()
                .add(always)
                .set(HttpHeaderNames.CONTENT_TYPE, mediaType)
                .set(HttpHeaderNames.DATE, date());
        return response;
    }

    /** Formatted once a second: the formatter is a thread-local, and these threads live for one request. */
    private String date() {
        long second = System.currentTimeMillis() / 1000;
        Dated now = dated;
        if (now.second != second) {
            now = new Dated(second, DateFormatter.format(new Date(second * 1000)));
            dated = now;
        }
        return now.text;
    }

    /** Allows a page of this origin to read the answer. */
    void toOrigin(FullHttpResponse response, String origin) {
        AnswerHeaders.toOrigin(origin)
                .forEach((name, value) -> response.headers().set(name, value));
    }

    /** Counts an answer in the same metric as Spring MVC's answers. */
    void note(FullHttpResponse response, @Nullable RuntimeException fault, long nanos) {
        int status = response.status().code();
        String exception = fault == null ? "none" : fault.getClass().getSimpleName();
        timers.computeIfAbsent(status + exception, absent -> timer(status, exception))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(int status, String exception) {
        String outcome = String.valueOf(HttpStatus.Series.resolve(status));
        return Timer.builder(METRIC)
                .tag("error", exception)
                .tag("exception", exception)
                .tag("method", "POST")
                .tag("outcome", outcome.equals("SUCCESSFUL") ? "SUCCESS" : outcome)
                .tag("status", String.valueOf(status))
                .tag("uri", URI)
                .register(meters);
    }
}
