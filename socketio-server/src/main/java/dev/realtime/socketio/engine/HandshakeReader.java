package dev.realtime.socketio.engine;

import dev.realtime.socketio.engine.session.Handshake;
import dev.realtime.socketio.engine.wire.Revision;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads what is kept of the request that opens a session. */
public final class HandshakeReader {

    private static final String BEARER = "Bearer ";
    private static final int MAX_USER_AGENT = 256;

    /** The most distinct user agents that are shared; further ones are stored per session. */
    private static final int SHARED_USER_AGENTS = 1_000;

    private final @Nullable String tokenCookie;

    /** One copy of each user agent, since many clients have the same browser. */
    private final Map<String, String> userAgents = new ConcurrentHashMap<>();

    /** @param tokenCookie the cookie that may carry a token; null for none */
    public HandshakeReader(@Nullable String tokenCookie) {
        this.tokenCookie = tokenCookie;
    }

    public Handshake read(Revision revision, boolean readsBytes, InetAddress client, HttpHeaders headers) {
        return new Handshake(revision, readsBytes, client, token(headers), userAgent(headers));
    }

    private @Nullable String token(HttpHeaders headers) {
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        return tokenCookie == null ? null : cookie(headers, tokenCookie);
    }

    private static @Nullable String cookie(HttpHeaders headers, String name) {
        for (String header : headers.getAll(HttpHeaderNames.COOKIE)) {
            for (var cookie : ServerCookieDecoder.LAX.decode(header)) {
                if (cookie.name().equals(name)) {
                    return cookie.value();
                }
            }
        }
        return null;
    }

    private @Nullable String userAgent(HttpHeaders headers) {
        String userAgent = headers.get(HttpHeaderNames.USER_AGENT);
        if (userAgent == null) {
            return null;
        }
        String kept = userAgent.length() <= MAX_USER_AGENT ? userAgent : userAgent.substring(0, MAX_USER_AGENT);
        String shared = userAgents.get(kept);
        if (shared == null && userAgents.size() < SHARED_USER_AGENTS) {
            shared = userAgents.putIfAbsent(kept, kept);
        }
        return shared == null ? kept : shared;
    }
}
