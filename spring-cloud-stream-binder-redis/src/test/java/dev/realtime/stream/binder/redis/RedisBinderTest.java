package dev.realtime.stream.binder.redis;

import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.properties.RedisProducerProperties;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.RedisTestBinder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.PartitionCapableBinderTests;
import org.springframework.cloud.stream.binder.Spy;

/** The tests that every binder must pass, with only the required overrides. */
class RedisBinderTest
        extends PartitionCapableBinderTests<
                RedisTestBinder,
                ExtendedConsumerProperties<RedisConsumerProperties>,
                ExtendedProducerProperties<RedisProducerProperties>> {

    private RedisProcess redis;

    @BeforeEach
    void startRedis() {
        redis = RedisProcess.volatileServer();
    }

    @AfterEach
    void stopRedis() {
        redis.close();
    }

    @Override
    protected RedisTestBinder getBinder() {
        if (testBinder == null) {
            testBinder = new RedisTestBinder(redis.port());
        }
        return testBinder;
    }

    @Override
    protected ExtendedConsumerProperties<RedisConsumerProperties> createConsumerProperties() {
        return new ExtendedConsumerProperties<>(new RedisConsumerProperties());
    }

    @Override
    protected ExtendedProducerProperties<RedisProducerProperties> createProducerProperties(TestInfo testInfo) {
        return new ExtendedProducerProperties<>(new RedisProducerProperties());
    }

    @Override
    public Spy spyOn(String name) {
        throw new UnsupportedOperationException("No test of the kit asks for it");
    }

    @Override
    protected boolean usesExplicitRouting() {
        return true;
    }

    @Override
    protected String getClassUnderTestName() {
        return "RedisMessageChannelBinder";
    }
}
