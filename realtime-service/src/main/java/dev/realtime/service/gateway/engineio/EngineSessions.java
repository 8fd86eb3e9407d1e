package dev.realtime.service.gateway.engineio;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The sessions of this instance by their ids. */
@Component
public final class EngineSessions {

    private static final int TAG_BYTES = 6;
    private static final int ID_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final String instanceTag = randomText(TAG_BYTES);
    private final Map<String, EngineSession> sessions = new ConcurrentHashMap<>();
    private final EngineProperties properties;

    public EngineSessions(EngineProperties properties, MeterRegistry meters) {
        this.properties = properties;
        Gauge.builder("realtime.engine.sessions", sessions, Map::size)
                .description("Open Engine.IO sessions, with an identity or not")
                .register(meters);
    }

    /** What every session id of this instance begins with; random, so it says nothing but "the same instance". */
    public String instanceTag() {
        return instanceTag;
    }

    public int size() {
        return sessions.size();
    }

    /** The sessions at about this moment. */
    public Collection<EngineSession> all() {
        return List.copyOf(sessions.values());
    }

    @Nullable
    EngineSession find(String id) {
        return sessions.get(id);
    }

    EngineSession create(Handshake handshake, EventLoop home) {
        EngineSession session =
                new EngineSession(instanceTag + "." + randomText(ID_BYTES), handshake, properties, this, home);
        sessions.put(session.id(), session);
        return session;
    }

    void remove(EngineSession session) {
        sessions.remove(session.id(), session);
    }

    private String randomText(int bytes) {
        byte[] text = new byte[bytes];
        random.nextBytes(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
}
