package dev.realtime.service.gateway.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.ExceptionListener;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of an exception that a listener let out: a line in the log, without what the client had sent. */
final class ListenerFailures implements ExceptionListener {

    private static final Logger log = LoggerFactory.getLogger(ListenerFailures.class);

    @Override
    public void onEventException(Exception e, List<Object> args, SocketIOClient client) {
        log.error("An event listener failed for socket {}", client.getSessionId(), e);
    }

    @Override
    public void onDisconnectException(Exception e, SocketIOClient client) {
        log.error("A disconnect listener failed for socket {}", client.getSessionId(), e);
    }

    @Override
    public void onConnectException(Exception e, SocketIOClient client) {
        log.error("A connect listener failed for socket {}", client.getSessionId(), e);
    }

    @Override
    @Deprecated
    public void onPingException(Exception e, SocketIOClient client) {
        log.error("A ping listener failed for socket {}", client.getSessionId(), e);
    }

    @Override
    public void onPongException(Exception e, SocketIOClient client) {
        log.error("A pong listener failed for socket {}", client.getSessionId(), e);
    }

    @Override
    public boolean exceptionCaught(ChannelHandlerContext ctx, Throwable e) {
        return false;
    }

    @Override
    public void onAuthException(Throwable e, SocketIOClient client) {
        log.error("An authentication listener failed for socket {}", client.getSessionId(), e);
    }
}
