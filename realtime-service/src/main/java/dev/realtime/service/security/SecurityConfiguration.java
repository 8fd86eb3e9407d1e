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

/** One chain of filters for each way of being let in. What none of them names does not exist: 404, whoever asks. */
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

    /** A header's value is judged by whom it is for: a token with letters is a wrong token and no malformed request. */
    @Bean
    static HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> true);
        return firewall;
    }

    /** Broadcasts: the endpoint asks {@link WebhookGuard}, since the token may be in the body. */
    @Bean
    @Order(1)
    SecurityFilterChain broadcasts(HttpSecurity http) {
        return defaults.of(http.securityMatcher("/api/v1/broadcast/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /**
     * Statistics tell more to those who show a token, and the history tells a user of their rooms; of the actuator only
     * metrics and the health groups are open.
     */
    @Bean
    @Order(2)
    SecurityFilterChain tokens(HttpSecurity http, AuthenticationManager authentication) {
        ProblemAccess access = new ProblemAccess(problems);
        return defaults.of(http.securityMatcher("/api/v1/stats/**", "/api/v1/events", "/actuator", "/actuator/**"))
                .authenticationManager(authentication)
                .addFilterBefore(new HeaderTokenFilter(authentication, problems), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/api/v1/stats/**")
                        .permitAll()
                        .requestMatchers("/api/v1/events")
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

    /** What is open to everybody. */
    @Bean
    @Order(3)
    SecurityFilterChain open(HttpSecurity http) {
        return defaults.of(
                        http.securityMatcher("/health", "/api/docs", "/api/docs/**", "/api/swagger-ui/**"),
                        AnswerHeaders.OWN_PAGES)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Everything else. */
    @Bean
    @Order(4)
    SecurityFilterChain nothing(HttpSecurity http) {
        return defaults.of(http)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, e) ->
                                problems.write(response, ErrorCode.NOT_FOUND, "There is nothing here."))
                        .accessDeniedHandler((request, response, e) ->
                                problems.write(response, ErrorCode.NOT_FOUND, "There is nothing here.")))
                .build();
    }
}
