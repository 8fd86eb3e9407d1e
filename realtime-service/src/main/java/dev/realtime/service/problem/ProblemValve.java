package dev.realtime.service.problem;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/** Replaces Tomcat's error page for requests that never reach the application. */
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ErrorCode code = Problems.code(HttpStatusCode.valueOf(status));
        Problem problem = Problems.of(code, HttpStatusCode.valueOf(status), Problems.detail(code), java.util.List.of());
        // All texts are constant, so nothing needs escaping.
        byte[] body = ("{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"}"
                        .formatted(problem.type(), problem.title(), status, problem.detail(), problem.code()))
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType(Problem.MEDIA_TYPE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            getContainer().getLogger().debug("The answer could not be written", e);
        }
    }
}
