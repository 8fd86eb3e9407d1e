package dev.realtime.service.gateway.server;

import dev.realtime.socketio.server.SocketSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of a Socket.IO connection.
 *
 * @param admissionTimeout how long a connection may be without an admitted socket
 * @param maxWaitingMessages how many of a client's messages may wait to be handled before the connection is closed
 * @param pauseAtMessages how many messages may wait before reading from the client pauses
 * @param pauseAtBytes how many bytes of messages may wait before reading pauses
 * @param maxJson maximum size of a packet's JSON that is parsed. A longer event without a listener is skipped; any
 *     other packet closes the connection with {@code protocol_error}
 * @param maxValues maximum number of values in that JSON, with the same consequence
 * @param maxConnects how many CONNECTs a client may send before it has an identity. Beyond this limit, the connection
 *     is closed with {@code too_many_messages}
 * @param maxAttachments how many binary attachments a packet may have
 */
@Validated
@ConfigurationProperties("realtime.socket")
public record SocketProperties(
        @NotNull @DefaultValue("10s") Duration admissionTimeout,
        @Min(2) @DefaultValue("10000") int maxWaitingMessages,
        @Min(1) @DefaultValue("64") int pauseAtMessages,
        @NotNull @DefaultValue("256KB") DataSize pauseAtBytes,
        @NotNull @DefaultValue("16KB") DataSize maxJson,
        @Min(10) @DefaultValue("1000") int maxValues,
        @Min(1) @DefaultValue("5") int maxConnects,
        @Min(0) @Max(1_000) @DefaultValue("10") int maxAttachments) {

    public SocketProperties {
        between("pause-at-bytes", pauseAtBytes, DataSize.ofKilobytes(1), DataSize.ofMegabytes(64));
        // The minimum leaves room for the longest token.
        between("max-json", maxJson, DataSize.ofKilobytes(10), DataSize.ofMegabytes(64));
    }

    public SocketSettings settings() {
        return new SocketSettings(
                admissionTimeout,
                maxWaitingMessages,
                pauseAtMessages,
                (int) pauseAtBytes.toBytes(),
                (int) maxJson.toBytes(),
                maxValues,
                maxConnects,
                maxAttachments);
    }

    private static void between(String name, DataSize value, DataSize least, DataSize most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "realtime.socket." + name + " must be between " + least + " and " + most + ", but is " + value);
        }
    }
}
