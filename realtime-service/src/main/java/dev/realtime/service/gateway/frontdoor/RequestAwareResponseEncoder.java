package dev.realtime.service.gateway.frontdoor;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;

/** A response encoder that knows the one request being answered, so that answers to HEAD carry no body. */
final class RequestAwareResponseEncoder extends HttpResponseEncoder {

    private boolean head;

    void answering(HttpMethod method) {
        head = method.equals(HttpMethod.HEAD);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        boolean informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        return (head && !informational) || super.isContentAlwaysEmpty(response);
    }
}
