package dev.realtime.service.presence;

import dev.realtime.service.fanout.ClientInfo;
import dev.realtime.service.fanout.Subscriber;
import dev.realtime.service.identity.Identity;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A socket of this instance, as far as presence is concerned. */
final class OwnSocket implements Subscriber {

    private final String socketId;
    private final Identity identity;
    String transport = "polling";

    OwnSocket(String socketId, Object user) {
        this.socketId = socketId;
        this.identity = new Identity(user, "operator", null, null, List.of(), null);
    }

    @Override
    public String socketId() {
        return socketId;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public ClientInfo client() {
        return new ClientInfo("127.0.0.1", 4, null);
    }

    @Override
    public String transport() {
        return transport;
    }

    @Override
    public boolean wantsPositions() {
        return false;
    }

    @Override
    public PacketQueue queue() {
        return new PacketQueue() {
            @Override
            public @Nullable Executor offer(EncodedPacket packet) {
                return null;
            }

            @Override
            public void drain() {
                // Nothing is queued.
            }

            @Override
            public long queuedBytes() {
                return 0;
            }
        };
    }
}
