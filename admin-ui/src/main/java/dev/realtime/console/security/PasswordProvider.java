package dev.realtime.console.security;

import dev.realtime.console.security.ConsoleProperties.User;
import dev.realtime.contracts.admin.AdminRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Authenticates the configured users by password. Neither the answer nor its time reveals whether a user exists: for
 * unknown names a hash of a user's cost is computed as well.
 */
final class PasswordProvider implements AuthenticationProvider {

    /** Salt and hash that no password has. */
    private static final String NOBODYS = "$" + "abcdefghijklmnopqrstuu" + "N".repeat(31);

    private static final String DEFAULT_COST = "$2a$10";

    private record Known(String hash, AdminRole role) {}

    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();
    private final Map<String, Known> users = new LinkedHashMap<>();
    private final List<String> costs;
    private final LoginThrottle throttle;
    private final HashingSlots slots;

    /** @param properties the checked properties */
    PasswordProvider(ConsoleProperties properties, LoginThrottle throttle, HashingSlots slots) {
        this.throttle = throttle;
        this.slots = slots;
        for (User user : properties.allUsers()) {
            users.put(
                    Objects.requireNonNull(user.name()),
                    new Known(
                            Objects.requireNonNull(user.passwordHash()),
                            AdminRole.ofClaim(Objects.requireNonNull(user.role()))
                                    .orElseThrow()));
        }
        costs = users.isEmpty()
                ? List.of(DEFAULT_COST)
                : users.values().stream()
                        .map(user -> user.hash.substring(0, DEFAULT_COST.length()))
                        .toList();
    }

    /**
     * {@inheritDoc}
     *
     * @throws TooManyAttemptsException if the name at this address or the address must wait, or too many logins are in
     *     progress; the password is not checked then
     */
    @Override
    public Authentication authenticate(Authentication authentication) {
        String name = authentication.getName();
        Object credentials = authentication.getCredentials();
        String password = credentials == null ? "" : credentials.toString();
        String address = address(authentication);
        if (!throttle.begin(name, address)) {
            throw new TooManyAttemptsException();
        }
        Known known = users.get(name);
        String hash = known == null ? nobodys(name) : known.hash;
        boolean matches;
        try {
            matches = slots.run(throttle.isKnown(name, address), () -> encoder.matches(password, hash));
        } catch (HashingSlots.NoSlotException e) {
            throttle.givenUp(name, address);
            throw new TooManyAttemptsException();
        }
        if (known == null || !matches) {
            throw new BadCredentialsException("Wrong user or password.");
        }
        throttle.succeeded(name, address);
        var token = UsernamePasswordAuthenticationToken.authenticated(name, null, Roles.authorities(known.role));
        token.setDetails(authentication.getDetails());
        return token;
    }

    /** Always the same for the same name, as for an existing user. */
    private String nobodys(String name) {
        return costs.get(Math.floorMod(name.hashCode(), costs.size())) + NOBODYS;
    }

    private static String address(Authentication authentication) {
        return authentication.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
    }

    @Override
    public boolean supports(@Nullable Class<?> authentication) {
        return authentication != null && UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
