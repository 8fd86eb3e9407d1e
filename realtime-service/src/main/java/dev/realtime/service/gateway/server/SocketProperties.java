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
 * The bounds of a Socket.IO connection.
 *
 * @param admissionTimeout how long a connection may be without a socket that has been let in
 * @param maxWaitingMessages how many of a client's messages may wait to be handled before it is closed
 * @param pauseAtMessages how many may wait before no more are read from the client
 * @param pauseAtBytes how many bytes of them may wait before no more are read
 * @param maxJson how long a packet's JSON may be to be looked at. A longer event that nobody here listens to is passed over,
 *     any other packet ends the connection, {@code protocol_error}
 * @param maxValues how many values there may be in it, with the same consequence
 * @param maxConnects how many CONNECTs a client may send before it has an identity. Beyond: it is closed,
 *     {@code too_many_messages}
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
        // The longest token has to go through.
        between("max-json", maxJson, DataSize.ofKilobytes(10), DataSize.ofMegabytes(64));
    }

    /** As the library takes them. */
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
