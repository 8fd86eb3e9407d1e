package dev.realtime.stream.binder.redis.config;

import java.util.Arrays;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/** Which of the application's connection factories the binder uses. */
final class ConnectionFactoryChoice {

    static final String PROPERTY = "spring.cloud.stream.redis.binder.connection-factory";

    private ConnectionFactoryChoice() {}

    /**
     * The named factory, else the only or the primary one.
     *
     * @param name the bean's name; blank for none
     * @throws IllegalStateException if there is no such factory, or none that stands out; names the property
     */
    static LettuceConnectionFactory of(ListableBeanFactory beans, String name) {
        RedisConnectionFactory factory;
        if (StringUtils.hasText(name)) {
            Assert.state(
                    Arrays.asList(candidates(beans)).contains(name),
                    () -> "%s is %s, but the connection factories are %s"
                            .formatted(PROPERTY, name, Arrays.toString(candidates(beans))));
            factory = beans.getBean(name, RedisConnectionFactory.class);
        } else {
            factory = beans.getBeanProvider(RedisConnectionFactory.class).getIfUnique();
            Assert.state(
                    factory != null,
                    () -> "The binder cannot choose among the connection factories %s: set %s, or make one primary"
                            .formatted(Arrays.toString(candidates(beans)), PROPERTY));
        }
        if (factory instanceof LettuceConnectionFactory lettuce) {
            return lettuce;
        }
        throw new IllegalStateException("The binder needs a LettuceConnectionFactory, not a "
                + factory.getClass().getSimpleName() + "; set " + PROPERTY + " if there is one");
    }

    private static String[] candidates(ListableBeanFactory beans) {
        return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, RedisConnectionFactory.class);
    }
}
