package dev.realtime.console.security;

import org.springframework.security.core.AuthenticationException;

/** A login that must wait, since too many have failed before it. */
final class TooManyAttemptsException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    TooManyAttemptsException() {
        super("Too many failed logins.");
    }
}
