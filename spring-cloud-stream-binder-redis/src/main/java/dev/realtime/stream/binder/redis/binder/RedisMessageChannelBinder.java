package dev.realtime.stream.binder.redis.binder;

import dev.realtime.stream.binder.redis.StreamSubscriptions;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.connection.SharedLink;
import dev.realtime.stream.binder.redis.connection.Threads;
import dev.realtime.stream.binder.redis.consumer.ConsumerSettings;
import dev.realtime.stream.binder.redis.consumer.DeadLetterStream;
import dev.realtime.stream.binder.redis.consumer.RedisStreamEndpoint;
import dev.realtime.stream.binder.redis.consumer.RedisStreamMessageSource;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics;
import dev.realtime.stream.binder.redis.hub.ReadHubs;
import dev.realtime.stream.binder.redis.producer.RedisStreamMessageHandler;
import dev.realtime.stream.binder.redis.producer.SendOutcomes;
import dev.realtime.stream.binder.redis.properties.RedisBinderConfigurationProperties;
import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.properties.RedisExtendedBindingProperties;
import dev.realtime.stream.binder.redis.properties.RedisProducerProperties;
import dev.realtime.stream.binder.redis.provisioning.RedisProducerDestination;
import dev.realtime.stream.binder.redis.provisioning.RedisStreamProvisioner;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.cloud.stream.binder.AbstractMessageChannelBinder;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.binder.ExtendedPropertiesBinder;
import org.springframework.cloud.stream.binder.HeaderMode;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.core.MessageProducer;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/** Binds channels to Redis Streams. */
public class RedisMessageChannelBinder
        extends AbstractMessageChannelBinder<
                ExtendedConsumerProperties<RedisConsumerProperties>,
                ExtendedProducerProperties<RedisProducerProperties>,
                RedisStreamProvisioner>
        implements ExtendedPropertiesBinder<MessageChannel, RedisConsumerProperties, RedisProducerProperties>,
                DisposableBean {

    private final RedisConnections connections;
    private final RedisBinderConfigurationProperties properties;
    private final RedisExtendedBindingProperties extended;
    private final SharedLink commands;
    private final ReadHubs hubs;
    /** Never refuses a task: no outcome may be lost when the binder is closed. */
    private final Executor executor = Threads.executor("redis-send");

    private final ConsumerBindings consumers;
    private @Nullable StreamSubscriptions subscriptions;
    private @Nullable StreamMetrics metrics;

    /**
     * @param connections opens connections
     * @param provisioner names streams
     * @param properties properties of the binder
     * @param extended properties of each binding
     */
    public RedisMessageChannelBinder(
            RedisConnections connections,
            RedisStreamProvisioner provisioner,
            RedisBinderConfigurationProperties properties,
            RedisExtendedBindingProperties extended) {
        super(new String[0], provisioner);
        this.connections = connections;
        this.properties = properties;
        this.extended = extended;
        this.commands = new SharedLink(connections, properties.getRecoveryInterval(), "commands");
        this.hubs = new ReadHubs(connections, properties.getMaxStreamsPerConnection(), properties.getBlockTimeout());
        this.consumers = new ConsumerBindings(provisioner, properties, commands);
    }

    @Override
    protected MessageHandler createProducerMessageHandler(
            ProducerDestination destination,
            ExtendedProducerProperties<RedisProducerProperties> producer,
            @Nullable MessageChannel errorChannel) {
        refuseEmbeddedHeaders(producer.getHeaderMode());
        RedisProducerProperties extension = producer.getExtension();
        Assert.isTrue(
                extension.getSendTimeout().toMillis() > 0,
                () -> "send-timeout must be 1 ms or more, not " + extension.getSendTimeout());
        boolean ownLink = extension.getWaitReplicas() > 0;
        RedisStreamMessageHandler handler = new RedisStreamMessageHandler(
                (RedisProducerDestination) destination,
                extension,
                List.of(producer.getRequiredGroups()),
                producer.getHeaderMode() != HeaderMode.none,
                ownLink
                        ? new SharedLink(connections, properties.getRecoveryInterval(), destination.getName())
                        : commands,
                ownLink,
                new SendOutcomes(
                        errorChannel,
                        channel(extension.getRecordMetadataChannel()),
                        channel(extension.getConfirmAckChannel()),
                        executor));
        handler.setBeanFactory(getBeanFactory());
        handler.setApplicationContext(getApplicationContext());
        ObservationRegistry observations = observations();
        if (observations != null) {
            handler.observe(observations);
        }
        return handler;
    }

    @Override
    protected MessageProducer createConsumerEndpoint(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<RedisConsumerProperties> consumer) {
        ErrorInfrastructure errors = registerErrorInfrastructure(destination, group, consumer);
        RedisStreamEndpoint endpoint = new RedisStreamEndpoint(
                connections,
                hubs,
                getSubscriptions(),
                metrics(),
                getApplicationContext(),
                consumers.settings(destination, group, consumer, properties.getBlockTimeout()),
                buildRetryTemplate(consumer),
                errors.getRecoverer(),
                consumers.deadLetters(destination, group, consumer, this));
        String bindingName = consumer.getBindingName();
        if (StringUtils.hasText(bindingName)) {
            endpoint.setFunction(() -> BoundFunctions.of(getApplicationContext(), bindingName));
        }
        endpoint.setBeanFactory(getBeanFactory());
        endpoint.setApplicationContext(getApplicationContext());
        ObservationRegistry observations = observations();
        if (observations != null) {
            endpoint.registerObservationRegistry(observations);
        }
        return endpoint;
    }

    @Override
    protected PolledConsumerResources createPolledConsumerResources(
            String name,
            @Nullable String group,
            ConsumerDestination destination,
            ExtendedConsumerProperties<RedisConsumerProperties> consumer) {
        ConsumerSettings settings = consumers.settings(destination, group, consumer, Duration.ZERO);
        Assert.state(
                settings.streams().size() == 1,
                () -> "A polled consumer reads exactly one stream, not " + settings.streams());
        return new PolledConsumerResources(
                new RedisStreamMessageSource(
                        connections,
                        settings,
                        metrics(),
                        getApplicationContext(),
                        consumers.deadLetters(destination, group, consumer, this)),
                registerErrorInfrastructure(destination, group, consumer, true));
    }

    @Override
    protected @Nullable MessageHandler getErrorMessageHandler(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<RedisConsumerProperties> consumer) {
        return consumers.deadLetters(destination, group, consumer, this);
    }

    @Override
    protected @Nullable MessageHandler getPolledConsumerErrorMessageHandler(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<RedisConsumerProperties> consumer) {
        return getErrorMessageHandler(destination, group, consumer);
    }

    /** The readers of this binder. The application's bean lists the readers of all binders. */
    public synchronized StreamSubscriptions getSubscriptions() {
        StreamSubscriptions mine = subscriptions;
        if (mine == null) {
            mine = new StreamSubscriptions(getApplicationContext()
                    .getBeanProvider(StreamSubscriptions.class)
                    .getIfAvailable());
            subscriptions = mine;
        }
        return mine;
    }

    /** The dead letter streams of this binder's bindings. */
    public List<DeadLetterStream> deadLetterStreams() {
        return consumers.deadLetterStreams();
    }

    /** The servers that do not answer a command right now: of a Redis Cluster its masters. */
    public List<String> silentServers() {
        commands.start();
        return commands.silent();
    }

    /** Micrometer metrics if the application has a single registry, otherwise none. */
    synchronized StreamMetrics metrics() {
        StreamMetrics mine = metrics;
        if (mine == null) {
            mine = Meters.PRESENT ? Meters.of(getApplicationContext()) : StreamMetrics.NONE;
            metrics = mine;
        }
        return mine;
    }

    /** Publishes events to the application. */
    ApplicationEventPublisher events() {
        return getApplicationContext();
    }

    private @Nullable ObservationRegistry observations() {
        return properties.isEnableObservation()
                ? getApplicationContext()
                        .getBeanProvider(ObservationRegistry.class)
                        .getIfAvailable()
                : null;
    }

    private @Nullable MessageChannel channel(@Nullable String name) {
        if (!StringUtils.hasText(name)) {
            return null;
        }
        if (!getApplicationContext().containsBean(name)) {
            ((GenericApplicationContext) getApplicationContext())
                    .registerBean(name, DirectChannel.class, () -> new DirectChannel());
        }
        return getApplicationContext().getBean(name, MessageChannel.class);
    }

    static void refuseEmbeddedHeaders(@Nullable HeaderMode mode) {
        Assert.state(
                mode != HeaderMode.embeddedHeaders,
                "header-mode=embeddedHeaders is not supported: entries carry headers in a field of their own");
    }

    @Override
    public RedisConsumerProperties getExtendedConsumerProperties(String channelName) {
        return extended.getExtendedConsumerProperties(channelName);
    }

    @Override
    public RedisProducerProperties getExtendedProducerProperties(String channelName) {
        return extended.getExtendedProducerProperties(channelName);
    }

    @Override
    public String getDefaultsPrefix() {
        return extended.getDefaultsPrefix();
    }

    @Override
    public Class<? extends BinderSpecificPropertiesProvider> getExtendedPropertiesEntryClass() {
        return extended.getExtendedPropertiesEntryClass();
    }

    @Override
    public String getBinderIdentity() {
        return "redis-" + super.getBinderIdentity();
    }

    @Override
    public void destroy() {
        commands.stop();
    }
}
