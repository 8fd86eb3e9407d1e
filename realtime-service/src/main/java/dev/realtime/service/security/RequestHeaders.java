package dev.realtime.service.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's headers, whoever received it. */
@FunctionalInterface
public interface RequestHeaders {

    /** All values of a header, in their order; names in any case. */
    List<String> all(String name);

    /** The first value of a header; null when there is none. */
    default @Nullable String first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** Those of a request that Tomcat received. */
    static RequestHeaders of(HttpServletRequest request) {
        return name -> Collections.list(request.getHeaders(name));
    }
}
