package dev.realtime.frontdoor.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;

/** A response encoder that knows the one request being answered, so that answers to HEAD carry no body. */
public final class RequestAwareResponseEncoder extends HttpResponseEncoder {

    private boolean head;

    /** The next answer is to a request of this method. */
    public void answering(HttpMethod method) {
        head = method.equals(HttpMethod.HEAD);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        boolean informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        return (head && !informational) || super.isContentAlwaysEmpty(response);
    }
}
