package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.Room;
import dev.realtime.service.blocks.BlockList;
import dev.realtime.service.blocks.BlocksChanged;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.gateway.frontdoor.StartGate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Nobody gets a socket before the list of blocked users is known, and whoever is blocked later loses his. */
@Component
final class BlockedUsers implements StartGate {

    private final BlockList blocks;
    private final RoomIndex index;

    BlockedUsers(BlockList blocks, RoomIndex index) {
        this.blocks = blocks;
        this.index = index;
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
        List<IdentifiedSocket> sockets = new ArrayList<>();
        // A user may have left the room of its own, so all are looked at.
        index.forEachIn(Room.EVERYONE, member -> {
            if (member.subscriber() instanceof IdentifiedSocket socket
                    && changed.userKeys().contains(socket.identity().userKey())) {
                sockets.add(socket);
            }
        });
        sockets.forEach(socket -> socket.close(CloseCode.USER_BLOCKED));
    }
}
