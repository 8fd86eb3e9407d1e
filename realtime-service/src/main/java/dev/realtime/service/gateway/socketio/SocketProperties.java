package dev.realtime.service.gateway.socketio;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of a Socket.IO connection.
 *
 * @param admissionTimeout how long a connection may be without a socket that has been let in
 * @param maxWaitingMessages how many of a client's messages may wait to be handled before it is closed
 * @param pauseAtMessages how many may wait before no more are read from the client
 * @param maxAttachments how many binary attachments a packet may have
 */
@Validated
@ConfigurationProperties("realtime.socket")
public record SocketProperties(
        @NotNull @DefaultValue("10s") Duration admissionTimeout,
        @Min(2) @DefaultValue("10000") int maxWaitingMessages,
        @Min(1) @DefaultValue("64") int pauseAtMessages,
        @Min(0) @Max(1_000) @DefaultValue("10") int maxAttachments) {}
