package dev.realtime.socketio.server;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.ExceptionListener;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs exceptions thrown by listeners, without any data that the client sent. */
final class ListenerFailures implements ExceptionListener {

    private static final Logger log = LoggerFactory.getLogger(ListenerFailures.class);

    @Override
    public void onEventException(Exception e, List<Object> args, SocketIOClient client) {
        log("An event", e, client);
    }

    @Override
    public void onDisconnectException(Exception e, SocketIOClient client) {
        log("A disconnect", e, client);
    }

    @Override
    public void onConnectException(Exception e, SocketIOClient client) {
        log("A connect", e, client);
    }

    @Override
    @Deprecated
    public void onPingException(Exception e, SocketIOClient client) {
        log("A ping", e, client);
    }

    @Override
    public void onPongException(Exception e, SocketIOClient client) {
        log("A pong", e, client);
    }

    @Override
    public boolean exceptionCaught(ChannelHandlerContext ctx, Throwable e) {
        return false;
    }

    @Override
    public void onAuthException(Throwable e, SocketIOClient client) {
        log("An authentication", e, client);
    }

    private static void log(String which, Throwable e, SocketIOClient client) {
        Wordless.log(log, which + " listener failed for socket " + client.getSessionId(), e);
    }
}
