package dev.realtime.socketio.server;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.protocol.AckArgs;
import com.corundumstudio.socketio.protocol.JsonSupport;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import java.util.List;

/** Namespaces require a place to register the types of events; this server's codec needs none. */
final class UnusedJsonSupport implements JsonSupport {

    @Override
    public AckArgs readAckArgs(ByteBufInputStream source, AckCallback<?> callback) {
        throw unused();
    }

    @Override
    public <T> T readValue(String namespace, ByteBufInputStream source, Class<T> type) {
        throw unused();
    }

    @Override
    public void writeValue(ByteBufOutputStream target, Object value) {
        throw unused();
    }

    @Override
    public void addEventMapping(String namespace, String event, Class<?>... types) {}

    @Override
    public void removeEventMapping(String namespace, String event) {}

    @Override
    public List<byte[]> getArrays() {
        return List.of();
    }

    private static IllegalStateException unused() {
        return new IllegalStateException("The library's own codec is not in use");
    }
}
