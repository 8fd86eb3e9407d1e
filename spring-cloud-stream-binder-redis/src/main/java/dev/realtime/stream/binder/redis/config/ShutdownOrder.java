package dev.realtime.stream.binder.redis.config;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Ends the binders before the connection factories that they use, and so before the threads of Redis's client. Each
 * binder lives in a context of its own, which Spring does not know to depend on the application's: without this, a
 * binder may see its connections end on shutdown and try to open new ones.
 */
final class ShutdownOrder implements BeanFactoryPostProcessor {

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (String connections : beans.getBeanNamesForType(RedisConnectionFactory.class, true, false)) {
            for (String binders : beans.getBeanNamesForType(BinderFactory.class, true, false)) {
                beans.registerDependentBean(connections, binders);
            }
        }
    }
}
