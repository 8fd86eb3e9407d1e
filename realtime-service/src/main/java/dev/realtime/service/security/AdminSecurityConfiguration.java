package dev.realtime.service.security;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.service.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/** Which role may do what with the admin API. A path that is not named here is closed to everybody. */
@Configuration(proxyBeanMethods = false)
class AdminSecurityConfiguration {

    private static final String VIEWER = AdminApiProperties.authority(AdminRole.VIEWER);
    private static final String OPERATOR_ADMIN = AdminApiProperties.authority(AdminRole.OPERATOR_ADMIN);
    private static final String ADMIN = AdminApiProperties.authority(AdminRole.ADMIN);

    private final ProblemWriter problems;
    private final ChainDefaults defaults;

    AdminSecurityConfiguration(ProblemWriter problems, ChainDefaults defaults) {
        this.problems = problems;
        this.defaults = defaults;
    }

    @Bean
    @Order(0)
    SecurityFilterChain adminApi(HttpSecurity http, AdminApiProperties properties) {
        HttpSecurity chain = defaults.of(http.securityMatcher("/api/v1/admin", "/api/v1/admin/**"));
        String secret = properties.secret();
        if (secret == null) {
            return chain.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                    .exceptionHandling(
                            handling -> handling.authenticationEntryPoint((request, response, e) -> problems.write(
                                    response,
                                    ErrorCode.NOT_FOUND,
                                    "The admin API is off: ADMIN_API_SECRET is not set.")))
                    .build();
        }
        ProviderManager authentication = new ProviderManager(new AdminTokenProvider(secret));
        ProblemAccess access = new ProblemAccess(problems);
        return chain.authenticationManager(authentication)
                .addFilterBefore(new HeaderTokenFilter(authentication, problems), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        // Reading; masked data has a rule of its own.
                        .requestMatchers(HttpMethod.GET, "/api/v1/admin/events/*/revealed")
                        .hasAuthority(OPERATOR_ADMIN)
                        .requestMatchers(HttpMethod.GET, "/api/v1/admin/**")
                        .hasAuthority(VIEWER)
                        .requestMatchers(HttpMethod.POST, "/api/v1/admin/audience")
                        .hasAuthority(VIEWER)
                        // Sending notifications.
                        .requestMatchers(
                                HttpMethod.POST,
                                "/api/v1/admin/notifications",
                                "/api/v1/admin/notifications/*/cancel",
                                "/api/v1/admin/notifications/*/recall")
                        .hasAuthority(OPERATOR_ADMIN)
                        // Closing, moving and blocking.
                        .requestMatchers(
                                HttpMethod.POST,
                                "/api/v1/admin/connections/*/close",
                                "/api/v1/admin/connections/*/join",
                                "/api/v1/admin/connections/*/leave",
                                "/api/v1/admin/users/*/close",
                                "/api/v1/admin/users/*/block",
                                "/api/v1/admin/users/*/unblock")
                        .hasAuthority(ADMIN)
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(access).accessDeniedHandler(access))
                .build();
    }
}
