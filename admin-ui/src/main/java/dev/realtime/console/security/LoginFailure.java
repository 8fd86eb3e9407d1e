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

/** Says on the login page why somebody was not let in, and in the log who it was and from where. */
final class LoginFailure implements AuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(LoginFailure.class);

    private static final int LONGEST_NAME = 60;
    private static final int PHONE_DIGITS = 7;

    /** Why, as the login page's parameter {@code error} has it. */
    enum Reason {
        /** No such user, or another password. */
        CREDENTIALS("credentials"),
        /** Too many have failed before. */
        THROTTLED("throttled"),
        /** The OIDC provider knows the user, but none of the roles is one of ours. */
        ROLE("role"),
        /** The OIDC provider's answer is missing or no good. */
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

    /** People also type their number where the name goes; the log has none. */
    private static String withoutNumber(String name) {
        return name.chars().filter(Character::isDigit).count() < PHONE_DIGITS ? name : name.replaceAll("\\p{Nd}", "•");
    }

    /** Bounded, and with nothing that would make a line of its own or hide another. */
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
