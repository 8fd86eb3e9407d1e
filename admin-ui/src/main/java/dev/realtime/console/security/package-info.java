/**
 * Access to the console: users with a password, users of an OIDC provider, their roles, limits for failed logins, the
 * duration of sessions, and security headers.
 *
 * <p>Other packages use {@link dev.realtime.console.security.CurrentUser}.
 */
@NullMarked
package dev.realtime.console.security;

import org.jspecify.annotations.NullMarked;
