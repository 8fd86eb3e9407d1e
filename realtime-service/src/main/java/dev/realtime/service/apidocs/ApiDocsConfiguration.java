package dev.realtime.service.apidocs;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.io.InputStream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/**
 * Serves the API's description from {@code openapi/*.yaml}. The controllers take bodies as bytes, so springdoc cannot
 * derive schemas from them. A test posts every example in the description and checks that every mapping is described.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "springdoc.api-docs.enabled", matchIfMissing = true)
class ApiDocsConfiguration {

    private static final String REST = "openapi/rest.yaml";
    private static final String ADMIN = "openapi/admin.yaml";

    /** Keeps the server address that springdoc found: the one the reader used. */
    @Bean
    OpenApiCustomizer describedByHand() {
        return api -> {
            OpenAPI described = read(REST);
            add(read(ADMIN), described);
            api.info(described.getInfo())
                    .tags(described.getTags())
                    .paths(described.getPaths())
                    .components(described.getComponents());
        };
    }

    private static void add(OpenAPI more, OpenAPI all) {
        all.getTags().addAll(more.getTags());
        more.getPaths().forEach(all.getPaths()::addPathItem);
        Components from = more.getComponents();
        Components to = all.getComponents();
        from.getSchemas().forEach(to::addSchemas);
        from.getResponses().forEach(to::addResponses);
        from.getSecuritySchemes().forEach(to::addSecuritySchemes);
    }

    private static OpenAPI read(String description) {
        try (InputStream in = new ClassPathResource(description).getInputStream()) {
            return Yaml31.mapper().readValue(in, OpenAPI.class);
        } catch (IOException e) {
            throw new IllegalStateException(description + " cannot be read", e);
        }
    }
}
