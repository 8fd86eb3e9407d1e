package dev.realtime.socketio.engine;

import static dev.realtime.testkit.fuzz.Bytes.join;
import static dev.realtime.testkit.fuzz.Bytes.oneOf;

import dev.realtime.socketio.engine.wire.RefusedException;
import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.testkit.fuzz.Target;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The targets of requests. An input's first byte holds the method and the header that asks for a WebSocket. */
public final class EngineRequestFuzz implements Target {

    private static final HttpMethod[] METHODS = {HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.HEAD};

    @Override
    public String name() {
        return "engine-request";
    }

    @Override
    public int bytesPerByte() {
        return 64;
    }

    @Override
    public byte[] generate(RandomGenerator random) {
        String uri = "/socket.io/?EIO=" + random.nextInt(3, 6)
                + oneOf(random, "&transport=polling", "&transport=websocket", "&transport=", "")
                + oneOf(random, "", "&sid=aB_9.-" + random.nextInt(), "&sid=", "&sid=%41+%C3%A9")
                + oneOf(random, "", "&t=PQ1x", ";b64=1", "&j=0", "#x", "&EIO=4");
        return join(new byte[] {(byte) random.nextInt(8)}, uri.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public Outcome take(byte[] input) {
        int options = input.length == 0 ? 0 : input[0];
        // The front door lets nothing through but visible ASCII.
        String uri = new String(input, StandardCharsets.ISO_8859_1)
                .substring(Math.min(1, input.length))
                .replaceAll("[^!-~]", "%");
        try {
            return new Accepted(read(options, uri));
        } catch (RefusedException e) {
            return Target.refused(e.error().name());
        }
    }

    private static EngineRequest read(int options, String uri) throws RefusedException {
        HttpRequest http = new DefaultHttpRequest(HttpVersion.HTTP_1_1, METHODS[options & 3], uri);
        if ((options & 4) != 0) {
            http.headers().set(HttpHeaderNames.UPGRADE, "WebSocket");
        }
        return EngineRequest.of(http, true);
    }

    private record Accepted(EngineRequest request) implements Outcome {

        @Override
        public String kind() {
            return "accepted " + request.revision() + " " + request.method() + (request.webSocket() ? " websocket" : "")
                    + sid(request.sid());
        }

        private static String sid(@Nullable String sid) {
            if (sid == null) {
                return "";
            }
            return sid.isEmpty() ? " sid empty" : sid.chars().allMatch(c -> c < 0x80) ? " sid" : " sid beyond ASCII";
        }

        @Override
        public void prove() throws RefusedException {
            QueryStringEncoder uri = new QueryStringEncoder("/socket.io/");
            uri.addParam("EIO", request.revision() == Revision.V3 ? "3" : "4");
            uri.addParam("transport", request.webSocket() ? "websocket" : "polling");
            if (request.sid() != null) {
                uri.addParam("sid", request.sid());
            }
            int method = Arrays.asList(METHODS).indexOf(request.method());
            EngineRequest again = read(method | (request.webSocket() ? 4 : 0), uri.toString());
            if (!Objects.equals(again.sid(), request.sid()) || again.revision() != request.revision()) {
                throw new IllegalStateException("Not the same after the way back: " + uri);
            }
        }
    }
}
