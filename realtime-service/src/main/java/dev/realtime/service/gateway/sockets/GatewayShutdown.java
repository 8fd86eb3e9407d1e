package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** When the service goes away, every socket is told so and asked to come back; the last words go out while it stops. */
@Component
final class GatewayShutdown {

    private final Sockets sockets;

    GatewayShutdown(Sockets sockets) {
        this.sockets = sockets;
    }

    @EventListener(ContextClosedEvent.class)
    void tellEverybody() {
        sockets.all().forEach(socket -> socket.close(CloseCode.SERVER_SHUTDOWN));
    }
}
