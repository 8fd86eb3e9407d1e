package dev.realtime.service.cluster;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The beans that each instance has once. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

    @Bean
    InstanceName instanceName() {
        return InstanceName.random();
    }

    @Bean
    ClusterClock clusterClock(ObjectProvider<Clock> machine) {
        return new ClusterClock(machine.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    InstanceEntry instanceEntry(JsonMapper json, SharedSecrets secrets) {
        return new InstanceEntry(json, secrets.jwtSecret());
    }
}
