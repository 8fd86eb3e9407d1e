package dev.realtime.service.canary;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CanaryConfiguration {

    @Bean
    Canaries canaries() {
        return new Canaries();
    }
}
