package dev.realtime.service.security;

import dev.realtime.service.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates by the tokens in the headers. A wrong token is refused even where none is required. */
final class HeaderTokenFilter extends OncePerRequestFilter {

    private final AuthenticationManager authentication;
    private final ProblemWriter problems;

    HeaderTokenFilter(AuthenticationManager authentication, ProblemWriter problems) {
        this.authentication = authentication;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication caller;
        try {
            caller = authenticate(RequestTokens.of(RequestHeaders.of(request)));
        } catch (TokenRefusedException e) {
            problems.write(response, e.code(), e.getMessage());
            return;
        }
        if (caller != null) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(caller);
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    /** All tokens must be valid. The first one determines the caller; webhook tokens come before people's tokens. */
    private @Nullable Authentication authenticate(List<PresentedToken> tokens) {
        Authentication first = null;
        for (PresentedToken token : tokens) {
            Authentication verified = authentication.authenticate(token);
            first = first == null ? verified : first;
        }
        return first;
    }
}
