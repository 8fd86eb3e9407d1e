package dev.realtime.console.security;

import org.springframework.security.core.AuthenticationException;

/** The login must wait, since too many failed before. */
final class TooManyAttemptsException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    TooManyAttemptsException() {
        super("Too many failed logins.");
    }
}
