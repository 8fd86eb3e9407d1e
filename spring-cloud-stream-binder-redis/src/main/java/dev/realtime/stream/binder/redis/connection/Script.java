package dev.realtime.stream.binder.redis.connection;

import dev.realtime.stream.binder.redis.wire.RawReply;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A Lua script from a file next to the class that uses it, invoked by its digest. */
public final class Script {

    private final byte[] text;
    private final ScriptOutputType output;

    public Script(Class<?> neighbour, String file, ScriptOutputType output) {
        try (InputStream in = neighbour.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            this.text = in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.output = output;
    }

    /**
     * Runs the script. A server that does not know the digest has not run anything, so sending the text afterwards does
     * not run it twice.
     */
    public <T> CompletionStage<T> run(
            RedisClusterAsyncCommands<byte[], byte[]> commands, byte[][] keys, byte[][] args) {
        return commands.<T>evalsha(commands.digest(text), output, keys, args).exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof RedisNoScriptException
                    ? commands.eval(text, output, keys, args)
                    : CompletableFuture.failedFuture(failure);
        });
    }

    /**
     * Runs the script, whose reply may be large, and waits for it like {@link RedisLink#read}.
     *
     * @param abort ends the wait when completed
     * @return the reply, with nil if aborted
     */
    public RawReply read(RedisLink link, byte[][] keys, byte[][] args, CompletableFuture<?> abort) {
        byte[] digest = link.commands().digest(text).getBytes(StandardCharsets.US_ASCII);
        try {
            return link.read(CommandType.EVALSHA, arguments(digest, keys, args), Duration.ZERO, abort);
        } catch (RedisNoScriptException unknown) {
            return link.read(CommandType.EVAL, arguments(text, keys, args), Duration.ZERO, abort);
        }
    }

    private static CommandArgs<byte[], byte[]> arguments(byte[] script, byte[][] keys, byte[][] args) {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .add(script)
                .add(keys.length)
                .addKeys(keys)
                .addValues(args);
    }
}
