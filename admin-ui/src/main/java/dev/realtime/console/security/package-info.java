/**
 * Who may use the console: users with a password, users of an OIDC provider, their roles, how often a login may fail, how
 * long a session lasts, and what a browser is told by headers.
 *
 * <p>Everybody else asks {@link dev.realtime.console.security.CurrentUser} who is there.
 */
@NullMarked
package dev.realtime.console.security;

import org.jspecify.annotations.NullMarked;
