package dev.realtime.console.security;

import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * What browsers are told: nothing comes from anywhere else, and nobody frames the console. HSTS is added where a request
 * is https; answers are not cached unless Vaadin says so, for what has a hash in its name.
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

    /** Before the answer is made: Vaadin's is finished by a forward, past the filter that would add them at the end. */
    private static final ObjectPostProcessor<HeaderWriterFilter> EAGER = new ObjectPostProcessor<>() {
        @Override
        public <O extends HeaderWriterFilter> O postProcess(O filter) {
            filter.setShouldWriteHeadersEagerly(true);
            return filter;
        }
    };

    private SecurityHeaders() {}

    /**
     * The policy of a page of Vaadin's. It starts by inline scripts, which have the nonce; its client makes functions of
     * the texts that the server sends it, as {@code executeJs} does, and for that there is nothing but
     * {@code unsafe-eval} in Vaadin 25.2.
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
