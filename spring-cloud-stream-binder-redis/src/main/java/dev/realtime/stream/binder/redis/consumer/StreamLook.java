package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.connection.Failures;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.connection.Script;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import dev.realtime.stream.binder.redis.wire.StreamReplies;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a stream without fetching its entries. Where the user may not run scripts it uses XINFO STREAM, which answers
 * with the first and the last entry whole.
 */
class StreamLook {

    private static final Script LOOK = new Script(StreamLook.class, "look.lua", ScriptOutputType.MULTI);

    private final String stream;
    private final byte[] key;
    private boolean withoutScripts;

    StreamLook(String stream) {
        this.stream = stream;
        this.key = StreamKeys.bytes(stream);
    }

    /** The stream as it is now. A missing key counts as a stream without entries. */
    StreamInfo at(RedisLink link) {
        if (!withoutScripts) {
            try {
                return StreamInfo.of(run(link, ""));
            } catch (RedisCommandExecutionException answer) {
                fallBack(answer);
            }
        }
        try {
            return StreamInfo.ofXinfo(link.await(link.commands().xinfoStream(key)));
        } catch (RedisCommandExecutionException answer) {
            if (Failures.isAnswer(answer, "ERR no such key")) {
                return StreamInfo.MISSING;
            }
            throw answer;
        }
    }

    /** Asks what {@link #answer} tells, without waiting. */
    CompletionStage<StreamInfo> ask(RedisLink link) {
        if (withoutScripts) {
            return link.commands().xinfoStream(key).thenApply(StreamInfo::ofXinfo);
        }
        byte[][] args = {StreamKeys.bytes("")};
        return LOOK.<List<@Nullable Object>>run(link.commands(), new byte[][] {key}, args)
                .thenApply(StreamInfo::of);
    }

    /** The stream as it was when asked about. */
    StreamInfo answer(RedisLink link, CompletionStage<StreamInfo> asked) {
        try {
            return link.await(asked);
        } catch (RedisCommandExecutionException answer) {
            return at(link);
        }
    }

    /** The id of the newest entry up to an id, {@value StreamId#ZERO} if there is none. */
    String newestUpTo(RedisLink link, String id) {
        if (!withoutScripts) {
            try {
                List<?> answer = run(link, id);
                return answer.isEmpty() || answer.get(5) == null ? StreamId.ZERO : StreamReplies.text(answer.get(5));
            } catch (RedisCommandExecutionException answer) {
                fallBack(answer);
            }
        }
        List<StreamRecord> found = StreamReplies.entries(
                stream, StreamReads.backwards(link, key, id, 1).get());
        return found.isEmpty() ? StreamId.ZERO : found.get(0).id();
    }

    private List<?> run(RedisLink link, String id) {
        byte[][] args = {StreamKeys.bytes(id)};
        List<@Nullable Object> answer =
                link.await(LOOK.<List<@Nullable Object>>run(link.commands(), new byte[][] {key}, args));
        return answer;
    }

    private void fallBack(RedisCommandExecutionException answer) {
        if (!Failures.isAnswer(answer, "NOPERM")) {
            throw answer;
        }
        withoutScripts = true;
    }
}
