package dev.realtime.frontdoor.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;

/** A response encoder that knows the request being answered, so that responses to HEAD have no body. */
public final class RequestAwareResponseEncoder extends HttpResponseEncoder {

    private boolean head;

    /** Sets the method of the request that is answered next. */
    public void answering(HttpMethod method) {
        head = method.equals(HttpMethod.HEAD);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        boolean informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        return (head && !informational) || super.isContentAlwaysEmpty(response);
    }
}
