package dev.realtime.stream.binder.redis.producer;

import dev.realtime.stream.binder.redis.IdempotenceConflictException;
import dev.realtime.stream.binder.redis.RecordMetadata;
import dev.realtime.stream.binder.redis.SendOutcomeUnknownException;
import dev.realtime.stream.binder.redis.connection.Failures;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.connection.Script;
import dev.realtime.stream.binder.redis.connection.SharedLink;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Appends entries over a shared connection. Each is written at most once, and its outcome is returned. */
public final class StreamAppender {

    private static final Script APPEND_ONCE =
            new Script(StreamAppender.class, "append-once.lua", ScriptOutputType.MULTI);

    private final SharedLink shared;
    private final int waitReplicas;
    private final Duration waitTimeout;

    /**
     * @param shared the connection to write over
     * @param waitReplicas number of replicas that must have an entry; if above 0, the connection must not be shared
     * @param waitTimeout how long to wait for the replicas
     */
    public StreamAppender(SharedLink shared, int waitReplicas, Duration waitTimeout) {
        this.shared = shared;
        this.waitReplicas = waitReplicas;
        this.waitTimeout = waitTimeout;
    }

    /**
     * Appends an entry.
     *
     * @param stream key of the stream
     * @param trim arguments of XADD that trim the stream
     * @param fields fields and values, alternating
     * @param once the idempotence key, or {@code null}
     * @return completes with the stored entry's place, or with
     *     {@link org.springframework.data.redis.RedisConnectionFailureException} (nothing was written),
     *     {@link SendOutcomeUnknownException}, {@link IdempotenceConflictException}, or the server's error
     */
    public CompletableFuture<RecordMetadata> append(
            String stream, List<byte[]> trim, List<byte[]> fields, @Nullable Idempotence once) {
        RedisLink link;
        CompletionStage<RecordMetadata> added;
        try {
            link = shared.require(stream);
            List<byte[]> args = new ArrayList<>(trim);
            args.add(StreamKeys.bytes("*"));
            args.addAll(fields);
            added = once == null ? add(link, stream, args) : addOnce(link, stream, args, once);
            added = replicated(link, added);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        return added.handle((metadata, failure) -> {
                    if (failure == null) {
                        return metadata;
                    }
                    throw translate(link, stream, failure);
                })
                .toCompletableFuture();
    }

    /** Checks the connection after a caller's timeout. */
    public void suspectConnection() {
        shared.suspect();
    }

    private static CompletionStage<RecordMetadata> add(RedisLink link, String stream, List<byte[]> args) {
        CommandArgs<byte[], byte[]> command =
                new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(StreamKeys.bytes(stream));
        args.forEach(command::add);
        return link.commands()
                .<String>dispatch(CommandType.XADD, new StatusOutput<>(ByteArrayCodec.INSTANCE), command)
                .thenApply(id -> new RecordMetadata(stream, id, false));
    }

    private static CompletionStage<RecordMetadata> addOnce(
            RedisLink link, String stream, List<byte[]> args, Idempotence once) {
        byte[][] keys = {StreamKeys.bytes(stream), StreamKeys.bytes(StreamKeys.idempotence(stream, once.key()))};
        List<byte[]> all = new ArrayList<>(args.size() + 2);
        all.add(StreamKeys.bytes(Long.toString(once.ttl().toMillis())));
        all.add(StreamKeys.bytes(once.fingerprint()));
        all.addAll(args);
        return APPEND_ONCE
                .<List<Object>>run(link.commands(), keys, all.toArray(byte[][]::new))
                .thenApply(answer -> {
                    String id = new String((byte[]) answer.get(0), StandardCharsets.US_ASCII);
                    return switch (((Long) answer.get(1)).intValue()) {
                        case 0 -> new RecordMetadata(stream, id, false);
                        case 1 -> new RecordMetadata(stream, id, true);
                        default -> throw new IdempotenceConflictException(stream, id);
                    };
                });
    }

    /** WAIT covers all earlier writes of its connection, including this one. */
    private CompletionStage<RecordMetadata> replicated(RedisLink link, CompletionStage<RecordMetadata> added) {
        if (waitReplicas == 0) {
            return added;
        }
        return added.thenCompose(metadata -> link.commands()
                .waitForReplication(waitReplicas, waitTimeout.toMillis())
                .thenApply(have -> {
                    if (have < waitReplicas) {
                        throw new SendOutcomeUnknownException(
                                "Entry %s was added, but only %d of %d replicas confirmed it"
                                        .formatted(metadata.id(), have, waitReplicas),
                                null);
                    }
                    return metadata;
                }));
    }

    private RuntimeException translate(RedisLink link, String stream, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (Failures.isWrongServer(cause)) {
            shared.discard(link, cause);
        }
        if (cause instanceof RedisCommandExecutionException answer) {
            return answer;
        }
        if (cause instanceof IdempotenceConflictException conflict) {
            return conflict;
        }
        if (cause instanceof SendOutcomeUnknownException unknown) {
            return unknown;
        }
        shared.discard(link, cause);
        return new SendOutcomeUnknownException("The connection was lost before Redis answered for " + stream, cause);
    }
}
