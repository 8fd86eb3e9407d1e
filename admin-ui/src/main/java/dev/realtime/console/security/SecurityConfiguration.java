package dev.realtime.console.security;

import static com.vaadin.flow.spring.security.VaadinSecurityConfigurer.vaadin;

import com.vaadin.flow.spring.security.RequestUtil;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer.AuthorizedUrl;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;

/** Access to the console. Paths that are neither named here nor views are closed; views name their roles. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final int REMEMBERED = 10_000;

    /** A bean that is not added to a chain: there it would run, and count, twice for each failure. */
    @Bean
    static PasswordProvider passwordProvider(ConsoleProperties properties) {
        return new PasswordProvider(
                properties, new LoginThrottle(InstantSource.system(), REMEMBERED), HashingSlots.ofThisMachine());
    }

    /**
     * Metrics for a collector, which has a token and no session. A request without a token goes on to {@link #console},
     * which accepts an administrator's session.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static SecurityFilterChain metrics(HttpSecurity http, ConsoleProperties properties) {
        var token = new MetricsToken(properties.metricsToken());
        return http.securityMatcher(MetricsToken::isShownBy)
                .authorizeHttpRequests(requests -> requests.anyRequest()
                        .access((_, context) -> new AuthorizationDecision(token.isRight(context.getRequest()))))
                .headers(SecurityHeaders::apply)
                .csrf(CsrfConfigurer::disable)
                .requestCache(RequestCacheConfigurer::disable)
                .sessionManagement(management -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(refused -> refused.authenticationEntryPoint(MetricsToken::refuse))
                .build();
    }

    @Bean
    static SecurityFilterChain console(
            HttpSecurity http,
            ConsoleProperties properties,
            ConsoleSessions sessions,
            RequestUtil vaadinRequests,
            ObjectProvider<ClientRegistrationRepository> clients) {
        var failure = new LoginFailure();
        http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                HttpMethod.GET,
                                "/actuator/health",
                                "/actuator/health/liveness",
                                "/actuator/health/readiness",
                                "/favicon.ico",
                                "/icon.svg",
                                "/*.css",
                                "/aura/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/actuator/prometheus")
                        .hasRole(Roles.ADMIN)
                        .requestMatchers("/actuator/**")
                        .denyAll())
                .headers(SecurityHeaders::apply)
                // Vaadin's own rule would accept a login without a CSRF token, so that a foreign page could log the
                // user in.
                .csrf(csrf -> csrf.ignoringRequestMatchers(vaadinRequests::isFrameworkInternalRequest))
                .sessionManagement(management ->
                        management.sessionAuthenticationStrategy(new CompositeSessionAuthenticationStrategy(
                                List.of(new ChangeSessionIdAuthenticationStrategy(), sessions))))
                // Before the logins, which need its login page.
                .with(
                        vaadin(),
                        vaadin -> vaadin.loginView(LoginView.class)
                                .enableCsrfConfiguration(false)
                                // A view of its own says that there is nothing at an unknown address.
                                .anyRequest(AuthorizedUrl::authenticated))
                .formLogin(form -> form.failureHandler(failure));
        if (clients.getIfAvailable() != null) {
            var users = new ProviderUsers(new ProviderRoles(properties.oidc()));
            http.oauth2Login(login -> login.loginPage("/login")
                    .failureHandler(failure)
                    .userInfoEndpoint(info -> info.oidcUserService(users).userService(ProviderUsers::withoutIdToken)));
        }
        return http.build();
    }
}
