package dev.realtime.service.cors;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides by a request's header {@code Origin} whether the page that sent it may use the service. Immutable; cheap enough
 * for an event loop.
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
     * Whether a request may pass: one without {@code Origin} (no browser, or a page of ours by GET), one from the
     * service's own origin, and one from an origin that is listed.
     *
     * @param origin the header {@code Origin} as it came
     * @param host the authority the client asked for: {@code Host}, or what a trusted proxy says it was
     * @param secure whether the client's own connection is by TLS
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
