package dev.realtime.service.gateway.socketio;

import dev.realtime.service.gateway.engineio.EngineProperties;
import dev.realtime.service.gateway.engineio.EngineSession;
import dev.realtime.service.gateway.engineio.SessionListener;
import dev.realtime.service.gateway.engineio.SessionOpener;
import dev.realtime.service.gateway.limits.AbuseMetrics;
import java.util.concurrent.Executor;

/** Puts Socket.IO on every Engine.IO session. */
public final class SocketIo implements SessionOpener {

    private final Namespaces namespaces;
    private final SocketProperties properties;
    private final PacketDecoder.Bounds packets;
    private final Mailbox.Bounds mailboxes;
    private final Executor executor;
    private final AbuseMetrics metrics;

    /** Sockets of these namespaces, whose packets are handled on this executor's threads. */
    public SocketIo(
            Namespaces namespaces,
            SocketProperties properties,
            EngineProperties engine,
            Executor executor,
            AbuseMetrics metrics) {
        this.namespaces = namespaces;
        this.properties = properties;
        this.packets = new PacketDecoder.Bounds(
                (int) properties.maxJson().toBytes(),
                properties.maxValues(),
                properties.maxAttachments(),
                engine.maxPayload());
        this.mailboxes = new Mailbox.Bounds(
                properties.pauseAtMessages(), properties.pauseAtBytes().toBytes(), properties.maxWaitingMessages());
        this.executor = executor;
        this.metrics = metrics;
    }

    @Override
    public SessionListener onOpen(EngineSession session) {
        return new SocketConnection(
                session,
                namespaces,
                properties,
                new PacketDecoder(packets, namespaces),
                source -> new Mailbox(executor, mailboxes, source),
                metrics);
    }
}
