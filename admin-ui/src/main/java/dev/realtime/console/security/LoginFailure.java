package dev.realtime.console.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Shows the cause of a failed login on the login page, and logs the user and the address. */
final class LoginFailure implements AuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(LoginFailure.class);

    private static final int LONGEST_NAME = 60;
    private static final int PHONE_DIGITS = 7;

    /** The values of the login page's parameter {@code error}. */
    enum Reason {
        /** Unknown user or wrong password. */
        CREDENTIALS("credentials"),
        /** Too many failed attempts before. */
        THROTTLED("throttled"),
        /** The OIDC provider confirmed the user, but none of the user's roles has a meaning here. */
        ROLE("role"),
        /** The OIDC provider's answer is missing or invalid. */
        OIDC("oidc");

        private final String parameter;

        Reason(String parameter) {
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        Reason reason = reason(exception);
        if (exception instanceof OAuth2AuthenticationException oidc) {
            log.info(
                    "Login refused: {} ({}), address {}",
                    readable(oidc.getError().getErrorCode()),
                    readable(oidc.getError().getDescription()),
                    request.getRemoteAddr());
        } else {
            log.info(
                    "Login failed: user \"{}\", address {}, {}",
                    withoutNumber(readable(request.getParameter("username"))),
                    request.getRemoteAddr(),
                    reason.parameter());
        }
        response.sendRedirect(request.getContextPath() + "/login?error=" + reason.parameter());
    }

    private static Reason reason(AuthenticationException exception) {
        return switch (exception) {
            case TooManyAttemptsException tooMany -> Reason.THROTTLED;
            case OAuth2AuthenticationException oidc ->
                ProviderRoles.NO_ROLE.equals(oidc.getError().getErrorCode()) ? Reason.ROLE : Reason.OIDC;
            default -> Reason.CREDENTIALS;
        };
    }

    /** Masks phone numbers, which people also type into the name field. */
    private static String withoutNumber(String name) {
        return name.chars().filter(Character::isDigit).count() < PHONE_DIGITS ? name : name.replaceAll("\\p{Nd}", "•");
    }

    /** Shortens the text and removes characters that would break or hide log lines. */
    static String readable(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var readable = new StringBuilder();
        text.codePoints().limit(LONGEST_NAME).forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || (c >= ' ' && c < 0x7f && c != '"');
            readable.appendCodePoint(plain ? c : '?');
        });
        return readable.toString();
    }
}
