package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.service.blocks.BlockList;
import dev.realtime.service.blocks.BlocksChanged;
import dev.realtime.service.launch.StartGate;
import java.util.concurrent.CompletionStage;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Nobody gets a socket before the list of blocked users is known, and whoever is blocked later loses his. */
@Component
final class BlockedUsers implements StartGate {

    private final BlockList blocks;
    private final Sockets sockets;

    BlockedUsers(BlockList blocks, Sockets sockets) {
        this.blocks = blocks;
        this.sockets = sockets;
    }

    @Override
    public String description() {
        return "the list of blocked users in Redis";
    }

    @Override
    public CompletionStage<?> opened() {
        return blocks.known();
    }

    @EventListener
    void onBlocked(BlocksChanged changed) {
        changed.userKeys()
                .forEach(userKey -> sockets.ofUser(userKey).forEach(socket -> socket.close(CloseCode.USER_BLOCKED)));
    }
}
