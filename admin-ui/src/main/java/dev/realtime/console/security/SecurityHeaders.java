package dev.realtime.console.security;

import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Security headers: nothing is loaded from other origins, and nobody may frame the console. HSTS is added to https
 * answers. Answers are not cached, except Vaadin's files with a hash in their name.
 */
final class SecurityHeaders {

    static final String CONTENT_SECURITY = "Content-Security-Policy";

    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'%s",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final String PERMISSIONS =
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
                    + " magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

    /**
     * Writes headers before the answer: a forward completes Vaadin's answer, bypassing the filter that would add them
     * at the end.
     */
    private static final ObjectPostProcessor<HeaderWriterFilter> EAGER = new ObjectPostProcessor<>() {
        @Override
        public <O extends HeaderWriterFilter> O postProcess(O filter) {
            filter.setShouldWriteHeadersEagerly(true);
            return filter;
        }
    };

    private SecurityHeaders() {}

    /**
     * The policy of a Vaadin page. The page starts with inline scripts, which carry the nonce. Its client compiles
     * texts from the server to functions, as {@code executeJs} does, which requires {@code unsafe-eval} in Vaadin 25.2.
     */
    static String contentSecurity(String nonce) {
        return POLICY.formatted(" 'nonce-" + nonce + "' 'unsafe-eval'");
    }

    static void apply(HeadersConfigurer<HttpSecurity> headers) {
        headers.withObjectPostProcessor(EAGER)
                .contentSecurityPolicy(csp -> csp.policyDirectives(POLICY.formatted("")))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(permissions -> permissions.policy(PERMISSIONS))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN));
    }
}
