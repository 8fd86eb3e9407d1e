package dev.realtime.service.security;

import jakarta.validation.constraints.NotEmpty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What services show to be let in.
 *
 * @param token the shared token, {@code WEBHOOK_TOKEN}
 */
@Validated
@ConfigurationProperties("realtime.webhook")
public record WebhookProperties(
        @NotEmpty(message = "WEBHOOK_TOKEN must be set") String token) {

    @Override
    public String toString() {
        return "WebhookProperties[]";
    }
}
