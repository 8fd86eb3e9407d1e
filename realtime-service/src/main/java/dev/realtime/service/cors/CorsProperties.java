package dev.realtime.service.cors;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The pages that may use the service.
 *
 * @param origins the origins allowed besides the service's own, {@code CORS_ORIGIN}: each {@code scheme://host[:port]},
 *     or {@code null} for pages without an origin of their own (files, sandboxed frames). Never {@code *}: clients send
 *     their tokens along.
 */
@ConfigurationProperties("realtime.cors")
public record CorsProperties(List<String> origins) {

    /** Checks every origin, so that an invalid one prevents the start. */
    public CorsProperties(@Nullable List<String> origins) {
        this.origins = origins == null
                ? List.of()
                : origins.stream()
                        .map(String::strip)
                        .filter(origin -> !origin.isEmpty())
                        .toList();
        this.origins.forEach(CorsProperties::check);
    }

    private static void check(String origin) {
        if (origin.contains("*")) {
            throw new IllegalArgumentException("CORS_ORIGIN (realtime.cors.origins) must name the origins one by one,"
                    + " for example https://app.example.com; '*' is refused because clients send their tokens along");
        }
        if (!origin.equals(Origin.OPAQUE) && Origin.parse(origin).isEmpty()) {
            throw new IllegalArgumentException("CORS_ORIGIN (realtime.cors.origins) must be a comma-separated list of"
                    + " origins such as http://localhost:3000, without a path or a trailing slash, but has the entry '"
                    + origin + "'");
        }
    }
}
