package dev.realtime.service.gateway.engineio;

import org.jspecify.annotations.Nullable;

/** Decides which pages may connect. Called on event loops for every request; must not block. */
@FunctionalInterface
public interface OriginCheck {

    /**
     * Whether a request may pass.
     *
     * @param origin the header {@code Origin} as it came; null when there was none
     * @param client who asks, and by which host and scheme
     */
    boolean allows(@Nullable String origin, RemoteClient client);
}
