package dev.realtime.stream.binder.redis.provisioning;

import dev.realtime.stream.binder.redis.connection.Failures;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;

/** Creates consumer groups and their streams. */
public final class ConsumerGroups {

    private ConsumerGroups() {}

    /**
     * Creates the group, and the stream with it, unless it exists.
     *
     * @param from id after which a new group starts, {@code $} for the newest
     * @return whether the group was created
     */
    public static boolean ensure(RedisLink link, String stream, String group, String from) {
        try {
            link.await(link.commands()
                    .xgroupCreate(
                            StreamOffset.from(StreamKeys.bytes(stream), from),
                            StreamKeys.bytes(group),
                            XGroupCreateArgs.Builder.mkstream()));
            return true;
        } catch (RedisCommandExecutionException answer) {
            if (Failures.isAnswer(answer, "BUSYGROUP")) {
                return false;
            }
            throw answer;
        }
    }
}
