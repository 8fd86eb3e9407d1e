package dev.realtime.service.gateway.server;

import dev.realtime.frontdoor.routing.EndpointPath;
import dev.realtime.socketio.engine.session.EngineSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Timing and limits of Engine.IO sessions.
 *
 * @param path where clients connect, as in their option {@code path}, without the trailing slash
 * @param pingInterval how long after a pong the server sends the next ping
 * @param pingTimeout how long a pong may take before the session counts as dead
 * @param upgradeTimeout how long a WebSocket may take from its handshake to the end of the upgrade
 * @param closeTimeout how long a closing session may take to flush its last packets
 * @param maxPayload maximum size of a message or a polling body, in bytes; announced to clients
 * @param maxQueuedBytes how many bytes may be queued for one client before it is closed as too slow
 * @param allowEio3 whether clients of protocol revision 3 are served: Socket.IO clients 1.x and 2.x
 */
@Validated
@ConfigurationProperties("realtime.engine")
public record EngineProperties(
        @NotNull @DefaultValue("/socket.io") String path,
        @NotNull @DefaultValue("25s") Duration pingInterval,
        @NotNull @DefaultValue("20s") Duration pingTimeout,
        @NotNull @DefaultValue("10s") Duration upgradeTimeout,
        @NotNull @DefaultValue("5s") Duration closeTimeout,

        @Min(1_000) @Max(64_000_000) @DefaultValue("1000000")
        int maxPayload,

        @Min(10_000) @DefaultValue("4000000") int maxQueuedBytes,
        @DefaultValue("true") boolean allowEio3) {

    public EngineProperties {
        new EndpointPath(path);
    }

    public EngineSettings settings() {
        return new EngineSettings(
                path, pingInterval, pingTimeout, upgradeTimeout, closeTimeout, maxPayload, maxQueuedBytes, allowEio3);
    }
}
