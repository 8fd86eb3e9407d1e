package dev.realtime.service.gateway.frontdoor;

import dev.realtime.frontdoor.routing.BackendProof;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Tomcat's side of the front door: answers requests that bypass the front door with 403, and takes the client's
 * address, scheme and host from the headers that the front door wrote, so that {@code request.getRemoteAddr()} and
 * similar methods are right.
 */
final class FrontDoorValve extends ValveBase {

    private final BackendProof proof;

    FrontDoorValve(BackendProof proof) {
        super(true);
        this.proof = proof;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String key = request.getHeader(proof.header());
        if (key == null || !proof.matches(key)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentLength(0);
            return;
        }
        org.apache.coyote.Request raw = request.getCoyoteRequest();
        raw.getMimeHeaders().removeHeader(proof.header());
        String chain = Objects.requireNonNullElse(request.getHeader("x-forwarded-for"), "");
        String client = chain.substring(0, chain.indexOf(',') < 0 ? chain.length() : chain.indexOf(','));
        request.setRemoteAddr(client);
        request.setRemoteHost(client);
        boolean https = "https".equals(request.getHeader("x-forwarded-proto"));
        request.setSecure(https);
        raw.scheme().setString(https ? "https" : "http");
        applyHost(request, raw, https);
        getNext().invoke(request, response);
    }

    private static void applyHost(Request request, org.apache.coyote.Request raw, boolean https) {
        String host = request.getHeader("x-forwarded-host");
        int port = https ? 443 : 80;
        if (host == null) {
            request.setServerPort(port);
            return;
        }
        raw.getMimeHeaders().setValue("host").setString(host);
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']') && colon < host.length() - 1;
        if (hasPort) {
            port = Integer.parseInt(host, colon + 1, host.length(), 10);
        }
        raw.serverName().setString(colon > host.lastIndexOf(']') ? host.substring(0, colon) : host);
        request.setServerPort(port);
    }
}
