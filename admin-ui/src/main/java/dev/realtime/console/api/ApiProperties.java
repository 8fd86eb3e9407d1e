package dev.realtime.console.api;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the service is and how the console proves who it is.
 *
 * @param serviceUrls the instances' addresses; one that does not answer is passed over for the next
 * @param adminApiSecret the service's {@code ADMIN_API_SECRET}
 */
@Validated
@ConfigurationProperties("console")
public record ApiProperties(
        @NotEmpty List<URI> serviceUrls, @NotNull String adminApiSecret) {

    public ApiProperties {
        serviceUrls = List.copyOf(serviceUrls);
    }

    /** Without the secret: this ends up in logs. */
    @Override
    public String toString() {
        return "ApiProperties[serviceUrls=" + serviceUrls + "]";
    }
}
