package dev.realtime.console.api;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The addresses of the service, and the secret of its admin API.
 *
 * @param serviceUrls the instances' addresses; if one does not answer, the next one is used
 * @param adminApiSecret the service's {@code ADMIN_API_SECRET}
 */
@Validated
@ConfigurationProperties("console")
public record ApiProperties(
        @NotEmpty List<URI> serviceUrls, @NotNull String adminApiSecret) {

    public ApiProperties {
        serviceUrls = List.copyOf(serviceUrls);
    }

    /** Leaves out the secret, since the text ends up in logs. */
    @Override
    public String toString() {
        return "ApiProperties[serviceUrls=" + serviceUrls + "]";
    }
}
