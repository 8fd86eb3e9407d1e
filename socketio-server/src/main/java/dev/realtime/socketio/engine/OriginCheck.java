package dev.realtime.socketio.engine;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which pages may connect. Called on event loops for every request; must not block. */
@FunctionalInterface
public interface OriginCheck {

    /**
     * Whether a request may pass.
     *
     * @param origin the {@code Origin} header as received; null if there was none
     * @param client the sender, with the host and scheme of its request
     */
    boolean allows(@Nullable String origin, RemoteClient client);

    /** Allows pages of the server's own origin, and clients that are not browsers. */
    static OriginCheck same() {
        return (origin, client) ->
                origin == null || origin.equalsIgnoreCase((client.secure() ? "https://" : "http://") + client.host());
    }

    /** Also allows pages of these origins, each {@code scheme://host[:port]} as browsers write it. */
    static OriginCheck of(String... origins) {
        Set<String> listed = Set.of(origins);
        OriginCheck same = same();
        return (origin, client) -> same.allows(origin, client) || (origin != null && listed.contains(origin));
    }
}
