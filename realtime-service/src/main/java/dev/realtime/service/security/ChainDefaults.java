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
 * What all chains of filters have in common.
 *
 * <p>There are no sessions, no cookies and no forms here; every request shows its token itself, in a place where a page
 * of somebody else cannot put it. So there is nothing for a forged request to ride on, and no CSRF token.
 */
@Component
final class ChainDefaults {

    private final ProblemWriter problems;
    private final OriginPolicy origins;

    ChainDefaults(ProblemWriter problems, OriginPolicy origins) {
        this.problems = problems;
        this.origins = origins;
    }

    /** For answers that no browser shows as a page. */
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
