package dev.realtime.service.security;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.identity.TokenVerifier;
import dev.realtime.service.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * One filter chain for each way of authenticating. A path that no chain names is answered with 404 for every caller.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private final ProblemWriter problems;
    private final ChainDefaults defaults;

    SecurityConfiguration(ProblemWriter problems, ChainDefaults defaults) {
        this.problems = problems;
        this.defaults = defaults;
    }

    @Bean
    static AuthenticationManager authenticationManager(WebhookServices services, TokenVerifier verifier) {
        return new ProviderManager(new WebhookTokenProvider(services), new PersonTokenProvider(verifier));
    }

    /**
     * Header values are checked where they are used: a token with unexpected characters is a wrong token, not a
     * malformed request.
     */
    @Bean
    static HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> true);
        return firewall;
    }

    /** Broadcasts: the endpoint calls {@link WebhookGuard}, since the token may be in the body. */
    @Bean
    @Order(1)
    SecurityFilterChain broadcasts(HttpSecurity http) {
        return defaults.of(http.securityMatcher("/api/v1/broadcast/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /**
     * Statistics show more to callers with a token, and the history and the board show users what goes to their rooms. Of the
     * actuator, only the metrics and the health groups are available.
     */
    @Bean
    @Order(2)
    SecurityFilterChain tokens(HttpSecurity http, AuthenticationManager authentication) {
        ProblemAccess access = new ProblemAccess(problems);
        return defaults.of(http.securityMatcher(
                        "/api/v1/stats/**", "/api/v1/events", "/api/v1/board/*", "/actuator", "/actuator/**"))
                .authenticationManager(authentication)
                .addFilterBefore(new HeaderTokenFilter(authentication, problems), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/api/v1/stats/**")
                        .permitAll()
                        .requestMatchers("/api/v1/events", "/api/v1/board/*")
                        .authenticated()
                        .requestMatchers("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")
                        .permitAll()
                        .requestMatchers("/actuator/prometheus")
                        .hasAnyAuthority(Authorities.WEBHOOK, Authorities.ADMIN)
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(access).accessDeniedHandler(access))
                .build();
    }

    /** Paths that are open to everybody. */
    @Bean
    @Order(3)
    SecurityFilterChain open(HttpSecurity http) {
        return defaults.of(
                        http.securityMatcher("/health", "/api/docs", "/api/docs/**", "/api/swagger-ui/**"),
                        AnswerHeaders.OWN_PAGES)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** All other paths. */
    @Bean
    @Order(4)
    SecurityFilterChain nothing(HttpSecurity http) {
        return defaults.of(http)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, e) ->
                                problems.write(response, ErrorCode.NOT_FOUND, "There is no such resource."))
                        .accessDeniedHandler((request, response, e) ->
                                problems.write(response, ErrorCode.NOT_FOUND, "There is no such resource.")))
                .build();
    }
}
