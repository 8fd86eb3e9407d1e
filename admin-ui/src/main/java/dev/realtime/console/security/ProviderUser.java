package dev.realtime.console.security;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * A user of an OIDC provider. The name starts with the provider, as in {@code sso:irina}. Users with a password cannot
 * have such names, so a provider's user never passes for the console's own {@code admin}.
 */
final class ProviderUser extends DefaultOidcUser {

    private static final long serialVersionUID = 1L;

    /** Separates the provider and the name. */
    static final char SEPARATOR = ':';

    /** The limit for users with a password. */
    private static final int LONGEST_NAME = 100;

    private final String name;
    private final String key;

    /*
     * * Creates the user.
     *
     * @param provider the id of the client's registration
     * @param user the provider's user, with the console's authorities
     */
    ProviderUser(String provider, OidcUser user) {
        super(user.getAuthorities(), user.getIdToken(), user.getUserInfo());
        this.name = provider + SEPARATOR + name(user.getClaims(), LONGEST_NAME - provider.length() - 1);
        this.key = provider + SEPARATOR + user.getSubject();
    }

    /** The name shown in the audit and on pages. Two users of one provider may have the same name. */
    @Override
    public String getName() {
        return name;
    }

    /** Identifies a user's sessions: the name, or the provider's unique id of the user. */
    static String key(Authentication authentication) {
        return authentication.getPrincipal() instanceof ProviderUser user ? user.key : authentication.getName();
    }

    /** The readable name, unless users can choose it freely, it is too long, or it has invisible characters. */
    private static String name(Map<String, Object> claims, int longest) {
        boolean unverified = Boolean.FALSE.equals(claims.get("email_verified"));
        for (String claim : unverified ? List.of("preferred_username") : List.of("preferred_username", "email")) {
            if (claims.get(claim) instanceof String text && isReadable(text) && text.length() <= longest) {
                return text;
            }
        }
        return LoginFailure.readable(Objects.toString(claims.get("sub"), ""));
    }

    private static boolean isReadable(String name) {
        return !name.isBlank() && name.equals(name.strip()) && name.codePoints().noneMatch(ProviderUser::isHidden);
    }

    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED;
    }
}
