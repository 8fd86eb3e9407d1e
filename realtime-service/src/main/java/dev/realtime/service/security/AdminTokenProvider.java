package dev.realtime.service.security;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.admin.AdminRole;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SignatureException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Authenticates callers of the admin API by tokens signed with {@code ADMIN_API_SECRET}. Webhook tokens and people's
 * tokens are not accepted.
 */
final class AdminTokenProvider implements AuthenticationProvider {

    private static final int LONGEST_NAME = 200;

    private final JwtParser parser;

    /** @param secret at least 32 bytes in UTF-8 */
    AdminTokenProvider(String secret) {
        parser = Jwts.parser()
                .sig()
                .clear()
                .add(Jwts.SIG.HS256)
                .and()
                .zip()
                .clear()
                .and()
                .verifyWith(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
                .build();
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        PresentedToken presented = (PresentedToken) authentication;
        if (presented.kind() != PresentedToken.Kind.BEARER) {
            throw refused(ErrorCode.TOKEN_INVALID, "The admin API accepts only Authorization: Bearer.");
        }
        AdminCaller caller = caller(claims(presented.getCredentials()));
        return UsernamePasswordAuthenticationToken.authenticated(caller, null, authorities(caller.role()));
    }

    private Claims claims(String token) {
        try {
            return parser.parseSignedClaims(token).getPayload();
        } catch (ExpiredJwtException e) {
            throw refused(ErrorCode.TOKEN_EXPIRED, "The token has expired.");
        } catch (SignatureException e) {
            throw refused(ErrorCode.TOKEN_INVALID, "The token is not signed with ADMIN_API_SECRET.");
        } catch (JwtException | IllegalArgumentException e) {
            throw refused(ErrorCode.TOKEN_INVALID, "The token is not valid.");
        }
    }

    private static AdminCaller caller(Claims claims) {
        Object audience = claims.get(Claims.AUDIENCE);
        boolean meant = audience instanceof Set<?> several
                ? several.contains(AdminApiProperties.AUDIENCE)
                : AdminApiProperties.AUDIENCE.equals(audience);
        if (!meant) {
            throw refused(ErrorCode.TOKEN_AUDIENCE, "The token's aud must name " + AdminApiProperties.AUDIENCE + ".");
        }
        Instant now = Instant.now();
        if (claims.getExpiration() == null
                || claims.getExpiration().toInstant().isAfter(now.plus(AdminApiProperties.LONGEST))) {
            throw refused(ErrorCode.TOKEN_INVALID, "The token must have an exp, at most 15 minutes from now.");
        }
        String name = claims.getSubject();
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw refused(ErrorCode.TOKEN_INVALID, "The token's sub must be the user's name.");
        }
        AdminRole role = AdminRole.ofClaim(String.valueOf(claims.get("role")))
                .orElseThrow(() ->
                        refused(ErrorCode.TOKEN_INVALID, "The token's role must be viewer, operator-admin or admin."));
        return new AdminCaller(name, role);
    }

    /** Each role includes the roles before it. */
    private static List<GrantedAuthority> authorities(AdminRole role) {
        return Arrays.stream(AdminRole.values())
                .filter(each -> each.compareTo(role) <= 0)
                .<GrantedAuthority>map(each -> new SimpleGrantedAuthority(AdminApiProperties.authority(each)))
                .toList();
    }

    private static TokenRefusedException refused(ErrorCode code, String message) {
        return new TokenRefusedException(code, message);
    }

    @Override
    public boolean supports(@Nullable Class<?> authentication) {
        return authentication != null && PresentedToken.class.isAssignableFrom(authentication);
    }
}
