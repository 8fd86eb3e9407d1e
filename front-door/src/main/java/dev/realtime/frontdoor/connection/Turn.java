package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.http.ResponseFraming;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** One request of a connection and the answer to it: who serves it and how far both have come. */
final class Turn {

    enum Route {
        /** Between requests. */
        NONE,
        ENDPOINT,
        BACKEND,
        /** Another instance serves it. */
        PEER,
        /** The front door answers by itself. */
        OWN
    }

    private final HttpMethod method;
    private final boolean http10;
    private final long length;
    private boolean keepAlive;
    private boolean expectsContinue;
    private boolean endsWithConnection;
    private long received;
    private long drained;

    Route route = Route.NONE;
    boolean requestRead;
    boolean responseBegun;
    boolean responseEnded;
    boolean responseFlushed;

    private Turn(HttpMethod method, boolean http10, long length, boolean keepAlive, boolean expectsContinue) {
        this.method = method;
        this.http10 = http10;
        this.length = length;
        this.keepAlive = keepAlive;
        this.expectsContinue = expectsContinue;
    }

    /** Before the first request, and for an answer to something that is none: the last of its connection. */
    static Turn withoutRequest() {
        return new Turn(HttpMethod.GET, false, 0, false, false);
    }

    static Turn of(HttpRequest head) {
        return new Turn(
                head.method(),
                head.protocolVersion().equals(HttpVersion.HTTP_1_0),
                HttpUtil.isTransferEncodingChunked(head) ? -1 : HttpUtil.getContentLength(head, 0L),
                HttpUtil.isKeepAlive(head),
                HttpUtil.is100ContinueExpected(head));
    }

    HttpMethod method() {
        return method;
    }

    /** The length of the request's body; negative when it is chunked. */
    long length() {
        return length;
    }

    /** The answer is the last of the connection, whatever was agreed before. */
    void last() {
        keepAlive = false;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    /** Whether the client learns the end of the answer only from the end of the connection. */
    boolean endsWithConnection() {
        return endsWithConnection;
    }

    /** Whether the client waits for a 100 before it sends the body. */
    boolean expectsContinue() {
        return expectsContinue;
    }

    /** Whether what still comes of the body is to be thrown away. */
    boolean bodyUnwanted() {
        return responseEnded || route == Route.OWN;
    }

    /** Counts bytes of the body. */
    long received(int bytes) {
        received += bytes;
        return received;
    }

    /** Counts thrown-away bytes of the body. */
    long drained(int bytes) {
        drained += bytes;
        return drained;
    }

    /** Takes note of a 1xx; false when this client would not understand it. */
    boolean interim(HttpResponse response) {
        expectsContinue &= response.status().code() != HttpResponseStatus.CONTINUE.code();
        return !http10;
    }

    /**
     * Prepares the head of the final answer.
     *
     * @param maxDrain how many bytes of the body are read after it; a client that has more to send learns at once that
     *     its connection ends
     */
    void begin(HttpResponse response, boolean mayKeepAlive, long maxDrain) {
        responseBegun = true;
        // Without its 100 the client may or may not send the body: nobody can know where the next request begins.
        boolean unclear = !requestRead && (expectsContinue || length - received > maxDrain);
        ResponseFraming framing =
                ResponseFraming.apply(response, method, http10, keepAlive && mayKeepAlive && !unclear);
        keepAlive = framing.keepAlive();
        endsWithConnection = framing.endsWithConnection();
    }
}
