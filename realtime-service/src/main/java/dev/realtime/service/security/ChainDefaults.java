package dev.realtime.service.security;

import dev.realtime.service.cors.OriginPolicy;
import dev.realtime.service.problem.ProblemWriter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.stereotype.Component;

/**
 * Settings common to all security filter chains.
 *
 * <p>There are no sessions, cookies or forms here: every request carries its token in a place where another site's page
 * cannot put it. A forged request therefore has nothing to exploit, and no CSRF token is needed.
 */
@Component
final class ChainDefaults {

    private final ProblemWriter problems;
    private final OriginPolicy origins;

    ChainDefaults(ProblemWriter problems, OriginPolicy origins) {
        this.problems = problems;
        this.origins = origins;
    }

    /** For answers that are not shown as a page in a browser. */
    HttpSecurity of(HttpSecurity http) {
        return of(http, AnswerHeaders.NO_PAGE);
    }

    HttpSecurity of(HttpSecurity http, String contentSecurityPolicy) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .rememberMe(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(contentSecurityPolicy))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .addFilterAfter(new OriginFilter(origins, problems), HeaderWriterFilter.class);
    }
}
