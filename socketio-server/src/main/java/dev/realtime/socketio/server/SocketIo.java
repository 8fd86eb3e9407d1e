package dev.realtime.socketio.server;

import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.session.SessionListener;
import dev.realtime.socketio.engine.session.SessionOpener;
import dev.realtime.socketio.protocol.PacketDecoder;
import java.util.concurrent.Executor;

/** Opens a Socket.IO connection on every Engine.IO session. */
public final class SocketIo implements SessionOpener {

    private final Namespaces namespaces;
    private final SocketSettings settings;
    private final PacketDecoder.Bounds packets;
    private final Mailbox.Bounds mailboxes;
    private final Executor executor;
    private final ClosePolicy policy;

    /** Sockets of these namespaces; their packets are handled on this executor. */
    public SocketIo(
            Namespaces namespaces,
            SocketSettings settings,
            EngineSettings engine,
            Executor executor,
            ClosePolicy policy) {
        this.namespaces = namespaces;
        this.settings = settings;
        this.packets = new PacketDecoder.Bounds(
                settings.maxJson(), settings.maxValues(), settings.maxAttachments(), engine.maxPayload());
        this.mailboxes =
                new Mailbox.Bounds(settings.pauseAtMessages(), settings.pauseAtBytes(), settings.maxWaitingMessages());
        this.executor = executor;
        this.policy = policy;
    }

    @Override
    public SessionListener onOpen(EngineSession session) {
        return new SocketConnection(
                session,
                namespaces,
                settings,
                new PacketDecoder(packets, namespaces),
                source -> new Mailbox(executor, mailboxes, source),
                policy);
    }
}
