package dev.realtime.service.recovery;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.data.redis.core.script.RedisScript;

/** A script to be sent to Redis, with its keys, its arguments and its future answer. */
record ScriptCall(RedisScript<?> script, byte[][] keys, byte[][] arguments, CompletableFuture<Object> answer) {

    static ScriptCall of(
            RedisScript<?> script, List<String> keys, List<String> arguments, CompletableFuture<Object> answer) {
        return new ScriptCall(script, bytes(keys), bytes(arguments), answer);
    }

    /** Sends the script, by its whole text or by its digest. */
    RedisFuture<Object> send(RedisClusterAsyncCommands<byte[], byte[]> commands, boolean whole) {
        ScriptOutputType type =
                script.getResultType() == Long.class ? ScriptOutputType.INTEGER : ScriptOutputType.MULTI;
        return whole
                ? commands.eval(bytes(script.getScriptAsString()), type, keys, arguments)
                : commands.evalsha(script.getSha1(), type, keys, arguments);
    }

    private static byte[][] bytes(List<String> texts) {
        return texts.stream().map(ScriptCall::bytes).toArray(byte[][]::new);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
