package dev.realtime.service.apidocs;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.io.InputStream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/**
 * Describes the API by {@code openapi/rest.yaml}: bodies are bytes in the controllers, so nothing can be read off them. A
 * test posts every example there, and looks for every mapping.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "springdoc.api-docs.enabled", matchIfMissing = true)
class ApiDocsConfiguration {

    private static final String DESCRIPTION = "openapi/rest.yaml";

    /** Leaves the server's address as springdoc found it: the one that the reader used. */
    @Bean
    OpenApiCustomizer describedByHand() {
        return api -> {
            OpenAPI described = read();
            api.info(described.getInfo())
                    .tags(described.getTags())
                    .paths(described.getPaths())
                    .components(described.getComponents());
        };
    }

    private static OpenAPI read() {
        try (InputStream in = new ClassPathResource(DESCRIPTION).getInputStream()) {
            return Yaml31.mapper().readValue(in, OpenAPI.class);
        } catch (IOException e) {
            throw new IllegalStateException(DESCRIPTION + " cannot be read", e);
        }
    }
}
