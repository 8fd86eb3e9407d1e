package dev.realtime.socketio.server;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.DisconnectableHub;
import com.corundumstudio.socketio.ack.AckManager;
import com.corundumstudio.socketio.annotation.OnEvent;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.listener.MultiTypeEventListener;
import dev.realtime.socketio.protocol.PacketDecoder;
import dev.realtime.socketio.protocol.SocketPacket;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The namespaces and what they share. Clients can connect only to namespaces that have been opened here. */
public final class Namespaces implements DisconnectableHub, PacketDecoder.Listeners, AutoCloseable {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Configuration configuration = new Configuration();
    private final AckTimer timer;
    private final AckManager acks;

    /** Namespaces whose acknowledgement timeouts run on this executor. */
    public Namespaces(Executor executor) {
        timer = new AckTimer(executor);
        acks = new AckManager(timer);
        configuration.setAckMode(AckMode.MANUAL);
        configuration.setJsonSupport(new UnusedJsonSupport());
        configuration.setExceptionListener(new ListenerFailures());
    }

    /** A namespace, its gate, the events it listens to, and the hub it belongs to. */
    public record Entry(String name, ListenedNamespace namespace, Gate gate, Set<String> events, Namespaces hub) {}

    /**
     * Opens a namespace.
     *
     * @param name with its leading slash; {@code /} is the main one
     * @param listeners objects with methods annotated with netty-socketio's {@code @OnConnect}, {@code @OnDisconnect}
     *     and {@code @OnEvent}; event arguments are Jackson nodes
     */
    public Namespaces open(String name, Gate gate, Object... listeners) {
        // netty-socketio's name for the main namespace is empty.
        ListenedNamespace namespace =
                new ListenedNamespace(name.equals(SocketPacket.MAIN_NAMESPACE) ? "" : name, configuration);
        Set<String> events = ConcurrentHashMap.newKeySet();
        for (Object listener : listeners) {
            namespace.addListeners(listener);
            collectEvents(listener.getClass(), events);
        }
        entries.put(name, new Entry(name, namespace, gate, events, this));
        return this;
    }

    private static void collectEvents(Class<?> listener, Set<String> events) {
        for (Class<?> type = listener; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                OnEvent annotation = method.getAnnotation(OnEvent.class);
                if (annotation != null) {
                    events.add(annotation.value());
                }
            }
        }
    }

    /**
     * Listens to an event of an open namespace, with all its arguments.
     *
     * @throws IllegalArgumentException if the namespace is not open
     */
    public void listen(String name, String event, MultiTypeEventListener listener) {
        Entry entry = find(name);
        if (entry == null) {
            throw new IllegalArgumentException("Namespace " + name + " is not open");
        }
        entry.events().add(event);
        entry.namespace().addMultiTypeEventListener(event, listener);
    }

    @Override
    public void onDisconnect(ClientHead client) {
        acks.onDisconnect(client);
    }

    @Override
    public void close() {
        timer.shutdown();
    }

    @Override
    public boolean listenTo(String name, String event) {
        Entry entry = find(name);
        return entry != null && entry.events().contains(event);
    }

    @Nullable
    public Entry find(String name) {
        return entries.get(name);
    }

    Configuration configuration() {
        return configuration;
    }

    public AckTimer timer() {
        return timer;
    }

    AckManager acks() {
        return acks;
    }
}
