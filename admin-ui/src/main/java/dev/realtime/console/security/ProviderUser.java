package dev.realtime.console.security;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * A user of an OIDC provider. The name says which provider it is from, as in {@code sso:irina}, and no user with a password
 * may have such a name: whatever a provider calls somebody, it is never the console's own {@code admin}.
 */
final class ProviderUser extends DefaultOidcUser {

    private static final long serialVersionUID = 1L;

    /** What stands between the provider and the name. */
    static final char SEPARATOR = ':';

    /** As long as that of a user with a password. */
    private static final int LONGEST_NAME = 100;

    private final String name;
    private final String key;

    /**
     * Names a user.
     *
     * @param provider the id of the client's registration
     * @param user with the authorities that the user has here
     */
    ProviderUser(String provider, OidcUser user) {
        super(user.getAuthorities(), user.getIdToken(), user.getUserInfo());
        this.name = provider + SEPARATOR + name(user.getClaims(), LONGEST_NAME - provider.length() - 1);
        this.key = provider + SEPARATOR + user.getSubject();
    }

    /** As the audit and the page show it. Two users of one provider may be called the same. */
    @Override
    public String getName() {
        return name;
    }

    /** By what somebody's sessions are known: the name, or what a provider says of nobody else. */
    static String key(Authentication authentication) {
        return authentication.getPrincipal() instanceof ProviderUser user ? user.key : authentication.getName();
    }

    /** The name for people, unless it is anybody's to write, too long, or has characters that cannot be seen. */
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
