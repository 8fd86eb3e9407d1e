package dev.realtime.service.recovery;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection.PipeliningFlushPolicy;

/** The one connection on which scripts are sent in batches, a pipeline each. For one thread. */
final class ScriptConnection {

    private static final Logger log = LoggerFactory.getLogger(ScriptConnection.class);

    private final RedisConnectionFactory connections;
    private @Nullable RedisConnection connection;

    ScriptConnection(RedisConnectionFactory connections) {
        this.connections = connections;
    }

    /** Writes a batch, with each script's whole text or its digest. Returns the answers, in the order of the calls. */
    List<RedisFuture<Object>> send(List<ScriptCall> batch, boolean whole) {
        RedisConnection current = openPipeline();
        // Closing the pipeline writes all commands together. The answers are read from Lettuce, because Spring returns
        // none of them if one command was refused.
        try {
            RedisClusterAsyncCommands<byte[], byte[]> commands = commands(current);
            return batch.stream().map(call -> call.send(commands, whole)).toList();
        } finally {
            current.closePipeline();
        }
    }

    /**
     * Opens a pipeline, on a new connection if the old one is closed; otherwise the first batch after each disconnect
     * would fail.
     */
    private RedisConnection openPipeline() {
        RedisConnection current = connect();
        current.openPipeline();
        if (commands(current) instanceof RedisAsyncCommands<?, ?> commands
                && !commands.getStatefulConnection().isOpen()) {
            close();
            current = connect();
            current.openPipeline();
        }
        return current;
    }

    @SuppressWarnings("unchecked")
    private static RedisClusterAsyncCommands<byte[], byte[]> commands(RedisConnection connection) {
        if (!(connection.getNativeConnection() instanceof RedisClusterAsyncCommands<?, ?> commands)) {
            throw new IllegalStateException("The Redis client must be Lettuce");
        }
        return (RedisClusterAsyncCommands<byte[], byte[]>) commands;
    }

    private RedisConnection connect() {
        RedisConnection current = connection;
        if (current == null) {
            current = connections.getConnection();
            // In a Redis Cluster, a node's connection may be opened after the flush, and its commands would wait for
            // the next flush.
            if (current instanceof LettuceConnection lettuce && !(current instanceof RedisClusterConnection)) {
                lettuce.setPipeliningFlushPolicy(PipeliningFlushPolicy.flushOnClose());
            }
            connection = current;
        }
        return current;
    }

    /** Closes the connection; scripts that are not sent yet are dropped. The next batch opens another one. */
    void close() {
        RedisConnection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.close();
            } catch (RuntimeException e) {
                log.debug("A connection to Redis could not be closed", e);
            }
        }
    }
}
