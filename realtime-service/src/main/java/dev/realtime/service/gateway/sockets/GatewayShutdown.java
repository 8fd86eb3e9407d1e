package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.RoomIndex;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** When the service goes away, every socket is told so and asked to come back; the last words go out while it stops. */
@Component
final class GatewayShutdown {

    private final RoomIndex index;

    GatewayShutdown(RoomIndex index) {
        this.index = index;
    }

    @EventListener(ContextClosedEvent.class)
    void tellEverybody() {
        List<IdentifiedSocket> sockets = new ArrayList<>();
        index.forEachIn(Room.EVERYONE, member -> {
            if (member.subscriber() instanceof IdentifiedSocket socket) {
                sockets.add(socket);
            }
        });
        sockets.forEach(socket -> socket.close(CloseCode.SERVER_SHUTDOWN));
    }
}
