package dev.realtime.stream.binder.redis.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Optional;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

/**
 * The application's own client configuration with five differences: a lost connection stays lost (so Lettuce replays
 * nothing), commands without a connection fail at once, reads go to the master, neither connecting to a silent server
 * nor the handshake with it takes longer than an answer may, and Lettuce ends no command by a timeout of its own: a
 * fixed one would end every read that blocks for longer.
 */
record NoReconnectConfiguration(LettuceClientConfiguration origin, boolean cluster, Duration handshakeTimeout)
        implements LettuceClientConfiguration {

    @Override
    public Optional<ClientOptions> getClientOptions() {
        ClientOptions given = origin.getClientOptions().orElseGet(ClientOptions::create);
        ClientOptions options = given.mutate()
                .socketOptions(impatient(given.getSocketOptions()))
                .build();
        if (!cluster) {
            return Optional.of(options.mutate()
                    .autoReconnect(false)
                    .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                    .timeoutOptions(TimeoutOptions.create())
                    .build());
        }
        ClusterClientOptions.Builder builder =
                options instanceof ClusterClientOptions mine ? mine.mutate() : ClusterClientOptions.builder(options);
        builder.autoReconnect(false);
        builder.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
        builder.timeoutOptions(TimeoutOptions.create());
        return Optional.of(builder.build());
    }

    private SocketOptions impatient(SocketOptions options) {
        return options.getConnectTimeout().compareTo(handshakeTimeout) <= 0
                ? options
                : options.mutate().connectTimeout(handshakeTimeout).build();
    }

    @Override
    public boolean isUseSsl() {
        return origin.isUseSsl();
    }

    @Override
    @SuppressWarnings("deprecation")
    public boolean isVerifyPeer() {
        return origin.isVerifyPeer();
    }

    @Override
    public SslVerifyMode getVerifyMode() {
        return origin.getVerifyMode();
    }

    @Override
    public boolean isStartTls() {
        return origin.isStartTls();
    }

    @Override
    public Optional<ClientResources> getClientResources() {
        return origin.getClientResources().map(Arrivals::observing);
    }

    @Override
    public Optional<String> getClientName() {
        return origin.getClientName();
    }

    @Override
    public Optional<ReadFrom> getReadFrom() {
        return Optional.empty();
    }

    @Override
    public Optional<RedisCredentialsProviderFactory> getRedisCredentialsProviderFactory() {
        return origin.getRedisCredentialsProviderFactory();
    }

    @Override
    public Duration getCommandTimeout() {
        // Applies to the handshake only; all later commands have their own timeouts.
        return origin.getCommandTimeout().compareTo(handshakeTimeout) < 0
                ? origin.getCommandTimeout()
                : handshakeTimeout;
    }

    @Override
    public Duration getShutdownTimeout() {
        return origin.getShutdownTimeout();
    }

    @Override
    public Duration getShutdownQuietPeriod() {
        return origin.getShutdownQuietPeriod();
    }
}
