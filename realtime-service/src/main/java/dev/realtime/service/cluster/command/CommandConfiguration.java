package dev.realtime.service.cluster.command;

import dev.realtime.service.identity.IdentityProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The seal of commands. */
@Configuration(proxyBeanMethods = false)
class CommandConfiguration {

    @Bean
    LetterSeal letterSeal(JsonMapper json, IdentityProperties identity) {
        return new LetterSeal(json, identity.jwtSecret());
    }
}
