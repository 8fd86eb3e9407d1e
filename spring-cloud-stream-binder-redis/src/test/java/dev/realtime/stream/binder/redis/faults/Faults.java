package dev.realtime.stream.binder.redis.faults;

import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The settings of the fault suite: a server, and what goes wrong with it again and again.
 *
 * @param name the name in the table
 * @param server starts the server
 * @param durable whether the server itself forgets nothing, so that no accepted message may be lost
 * @param incident one fault; returns when it is over, as far as it has an end
 */
record Faults(String name, Supplier<RedisProcess> server, boolean durable, Incident incident) {

    /** Something that goes wrong. */
    interface Incident {
        void happen(FaultRun run, Random random);
    }

    /** Nothing is lost whatever happens: every accepted message is on disk. */
    static List<Faults> lossless() {
        return List.of(
                onDisk("connections reset", (run, random) -> run.proxy().cut()),
                onDisk("cut within a reply", (run, random) -> {
                    run.proxy().cutAfter(random.nextInt(20_000));
                    run.awaitMore(20);
                }),
                onDisk("replies dropped", (run, random) -> {
                    run.proxy().dropReplies();
                    run.pause(Duration.ofMillis(50 + random.nextInt(300)));
                    run.proxy().cut();
                }),
                onDisk("slow link, cut", (run, random) -> {
                    run.proxy().throttle(200_000 + random.nextInt(500_000));
                    run.awaitMore(100);
                    run.proxy().cutAfter(random.nextInt(20_000));
                    run.awaitMore(100);
                    run.proxy().throttle(Long.MAX_VALUE);
                }),
                onDisk("killed, appendfsync always", (run, random) -> {
                    run.redis().kill();
                    run.redis().start();
                }),
                onDisk("consumer killed", ConsumerProcess::killOne));
    }

    /** All of the above by turns, on one server, except for what needs a process of its own. */
    static Faults mixed() {
        List<Faults> all = lossless().subList(0, lossless().size() - 1);
        AtomicInteger turns = new AtomicInteger();
        return onDisk(
                "by turns",
                (run, random) ->
                        all.get(turns.getAndIncrement() % all.size()).incident().happen(run, random));
    }

    /** A member of the group is killed between reading and acknowledging. */
    static Faults consumerKilled() {
        return lossless().getLast();
    }

    /** The server forgets: each loss must be told. Only a server that counts lets a reader notice all of them. */
    static List<Faults> forgetting() {
        return List.of(
                new Faults("killed, nothing on disk", RedisProcess::counting, false, (run, random) -> {
                    run.redis().kill();
                    run.redis().start();
                }),
                new Faults(
                        "FLUSHALL",
                        RedisProcess::counting,
                        false,
                        (run, random) -> run.redis().command("FLUSHALL")),
                new Faults("trimmed unread", RedisProcess::counting, false, (run, random) -> {
                    run.hold();
                    run.awaitAccepted(150 + random.nextInt(200));
                    run.redis().command("XTRIM", FaultRun.STREAM, "MAXLEN", "" + (1 + random.nextInt(20)));
                    run.release();
                }),
                new Faults("ids rolled back", RedisProcess::counting, false, (run, random) -> {
                    await().until(() -> run.redis().command("SAVE").startsWith("+OK"));
                    run.awaitMore(20 + random.nextInt(50));
                    run.redis().kill();
                    run.redis().start();
                }));
    }

    /** Only in the long form: time-outs take their time, and what is on disk after a second is nearly always everything. */
    static List<Faults> tedious() {
        return List.of(
                onDisk("hung", (run, random) -> {
                    run.redis().freeze();
                    run.pause(Duration.ofMillis(2_500 + random.nextInt(2_000)));
                    run.redis().thaw();
                }),
                new Faults(
                        "killed, appendfsync everysec",
                        () -> RedisProcess.with("--save", "", "--appendonly", "yes"),
                        false,
                        (run, random) -> {
                            run.redis().kill();
                            run.redis().start();
                        }));
    }

    private static Faults onDisk(String name, Incident incident) {
        return new Faults(name, RedisProcess::durableServer, true, incident);
    }

    @Override
    public String toString() {
        return name;
    }
}
