package dev.realtime.service.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a request, whichever server received it. */
@FunctionalInterface
public interface RequestHeaders {

    /** All values of a header, in order; names are case-insensitive. */
    List<String> all(String name);

    /** The first value of a header; null if there is none. */
    default @Nullable String first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** The headers of a request that Tomcat received. */
    static RequestHeaders of(HttpServletRequest request) {
        return name -> Collections.list(request.getHeaders(name));
    }
}
