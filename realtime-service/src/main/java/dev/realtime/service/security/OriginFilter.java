package dev.realtime.service.security;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.cors.OriginPolicy;
import dev.realtime.service.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/** Handles cross-origin requests to the REST API: marks those that the policy allows, and refuses the others. */
final class OriginFilter extends OncePerRequestFilter {

    private static final String METHODS = "GET, POST";
    private static final String HEADERS =
            "Authorization, Content-Type, Idempotency-Key, " + RequestTokens.WEBHOOK_HEADER;
    private static final String PREFLIGHT_SECONDS = "600";

    private final OriginPolicy policy;
    private final ProblemWriter problems;

    OriginFilter(OriginPolicy policy, ProblemWriter problems) {
        this.policy = policy;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Set on every answer, since another origin may get a different one.
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        List<String> origins = Collections.list(request.getHeaders(HttpHeaders.ORIGIN));
        if (origins.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        String origin = origins.getFirst();
        String host = request.getServerName() + ":" + request.getServerPort();
        if (origins.size() > 1 || !policy.allows(origin, host, request.isSecure())) {
            problems.write(response, ErrorCode.ORIGIN_FORBIDDEN, "Requests from this origin are not allowed.");
            return;
        }
        if (isPreflight(request)) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        AnswerHeaders.toOrigin(origin).forEach(response::setHeader);
        chain.doFilter(request, response);
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return HttpMethod.OPTIONS.matches(request.getMethod())
                && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }
}
