package dev.realtime.console.security;

import dev.realtime.contracts.admin.AdminRole;
import java.util.Objects;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.core.user.OAuth2User;

/** Loads users of an OIDC provider, with their console roles and their name for the audit. */
final class ProviderUsers implements OAuth2UserService<OidcUserRequest, OidcUser> {

    private final OAuth2UserService<OidcUserRequest, OidcUser> provider = new OidcUserService();
    private final ProviderRoles roles;

    ProviderUsers(ProviderRoles roles) {
        this.roles = roles;
    }

    /** @throws OAuth2AuthenticationException with {@link ProviderRoles#NO_ROLE} if the user has no role here */
    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcUser user = Objects.requireNonNull(provider.loadUser(request));
        String provider = request.getClientRegistration().getRegistrationId();
        AdminRole role = roles.highest(user.getClaims())
                .orElseThrow(() -> refused("user " + new ProviderUser(provider, user).getName()));
        return new ProviderUser(
                provider, new DefaultOidcUser(Roles.authorities(role), user.getIdToken(), user.getUserInfo()));
    }

    /** Refuses a client without the scope {@code openid}, which has no verified claims and hence no roles. */
    static OAuth2User withoutIdToken(OAuth2UserRequest request) {
        throw refused("the client " + request.getClientRegistration().getRegistrationId() + " lacks the scope openid");
    }

    private static OAuth2AuthenticationException refused(String who) {
        return new OAuth2AuthenticationException(new OAuth2Error(ProviderRoles.NO_ROLE, who, null));
    }
}
