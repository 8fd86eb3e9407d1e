package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.http.ResponseFraming;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** One request of a connection and its response: who serves it and how far both have come. */
final class Turn {

    enum Route {
        /** Between requests. */
        NONE,
        ENDPOINT,
        BACKEND,
        /** Another instance serves it. */
        PEER,
        /** The front door answers it itself. */
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

    /**
     * For before the first request, and for a response to something that is not a request; the last turn of its
     * connection.
     */
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

    /** The length of the request's body; negative if it is chunked. */
    long length() {
        return length;
    }

    /** Makes the response the last of the connection, whatever was negotiated. */
    void last() {
        keepAlive = false;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    /** Whether only the end of the connection marks the end of the response. */
    boolean endsWithConnection() {
        return endsWithConnection;
    }

    /** Whether the client waits for a 100 before it sends the body. */
    boolean expectsContinue() {
        return expectsContinue;
    }

    /** Whether the rest of the body is discarded. */
    boolean bodyUnwanted() {
        return responseEnded || route == Route.OWN;
    }

    /** Counts received bytes of the body. */
    long received(int bytes) {
        received += bytes;
        return received;
    }

    /** Counts discarded bytes of the body. */
    long drained(int bytes) {
        drained += bytes;
        return drained;
    }

    /** Notes a 1xx; false if the client would not understand it (HTTP/1.0). */
    boolean interim(HttpResponse response) {
        expectsContinue &= response.status().code() != HttpResponseStatus.CONTINUE.code();
        return !http10;
    }

    /**
     * Prepares the head of the final response.
     *
     * @param maxDrain how many bytes of the body are read after the response; if more are due, the response already
     *     announces the close
     */
    void begin(HttpResponse response, boolean mayKeepAlive, long maxDrain) {
        responseBegun = true;
        // A client that got no 100 may or may not send the body, so the start of the next request is unknown.
        boolean unclear = !requestRead && (expectsContinue || length - received > maxDrain);
        ResponseFraming framing =
                ResponseFraming.apply(response, method, http10, keepAlive && mayKeepAlive && !unclear);
        keepAlive = framing.keepAlive();
        endsWithConnection = framing.endsWithConnection();
    }
}
