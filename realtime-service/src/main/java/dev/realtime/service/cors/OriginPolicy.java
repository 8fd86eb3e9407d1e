package dev.realtime.service.cors;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides by a request's header {@code Origin} whether the page that sent the request may use the service. Immutable;
 * cheap enough for an event loop.
 */
@Component
public final class OriginPolicy {

    private final Set<Origin> allowed;
    private final boolean opaqueAllowed;

    public OriginPolicy(CorsProperties properties) {
        this.allowed = properties.origins().stream()
                .map(Origin::parse)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        this.opaqueAllowed = properties.origins().contains(Origin.OPAQUE);
    }

    /**
     * Whether a request may pass. A request passes without {@code Origin} (not from a browser, or a GET from our own
     * page), from the service's own origin, or from a listed origin.
     *
     * @param origin the header {@code Origin} as received
     * @param host the authority the client asked for: {@code Host}, or what a trusted proxy reports
     * @param secure whether the client's own connection uses TLS
     */
    public boolean allows(@Nullable String origin, @Nullable String host, boolean secure) {
        if (origin == null) {
            return true;
        }
        if (origin.equals(Origin.OPAQUE)) {
            return opaqueAllowed;
        }
        Optional<Origin> parsed = Origin.parse(origin);
        if (parsed.isEmpty()) {
            return false;
        }
        return allowed.contains(parsed.get())
                || host != null && parsed.equals(Origin.of(secure ? "https" : "http", host));
    }
}
