package dev.realtime.service.problem;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem details where there is no controller: in filters and in security. */
@Component
public final class ProblemWriter {

    private final JsonMapper json;

    public ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Writes the whole answer, unless an answer has already begun. */
    public void write(HttpServletResponse response, ErrorCode code, String detail) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        Problem problem = Problems.of(code, detail);
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(problem.status());
        Problems.headers(code).forEach(response::setHeader);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
