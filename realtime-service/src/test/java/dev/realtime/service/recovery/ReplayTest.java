package dev.realtime.service.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.ClientInfo;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.fanout.Subscriber;
import dev.realtime.service.fanout.Withheld;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.recovery.RecoveryMetrics.Source;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Sockets that are brought what they missed while events go on. All of it is in the ring: Redis is not needed. */
class ReplayTest {

    private final Epoch epoch = new Epoch(new StringRedisTemplate(), _ -> {});
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RoomIndex index = new RoomIndex(_ -> {});
    private final EventRing ring = new EventRing(true, 32_000_000, Duration.ofSeconds(150));
    private final FanOut fanOut = new FanOut(index, epoch::text, ring, meters);
    private final StreamPages pages =
            new StreamPages(new StreamHistory(new LettuceConnectionFactory(), ""), ring, meters);
    private final MissedEvents missed = new MissedEvents(ring, pages, epoch, Withheld.NOTHING);
    private final ReplayPackets packets = new ReplayPackets(epoch);
    private final Replay replay = new Replay(fanOut, missed, packets);

    @AfterEach
    void stop() {
        packets.stop();
    }

    private static StreamId id(long number) {
        return new StreamId(number, 0);
    }

    private void deliver(long number) {
        fanOut.deliver(new PositionedEvent(
                id(number),
                "order:new",
                ("{\"id\":" + number + "}").getBytes(UTF_8),
                List.of(number % 2 == 0 ? Room.OPERATORS : Room.DIRECTORS)));
    }

    /** A socket in the operators' room, which gets the even ones. */
    private final class Tab implements Replay.Receiver, Subscriber, PacketQueue {

        private final List<String> got = new ArrayList<>();
        private @Nullable StreamId caughtUp;
        private @Nullable Member member;
        private Runnable onCaughtUp = () -> {};

        @Override
        public synchronized Executor offer(EncodedPacket packet) {
            got.add(packet.payload().toString(UTF_8));
            return Runnable::run;
        }

        synchronized List<String> got() {
            return List.copyOf(got);
        }

        @Override
        public void drain() {
            // It takes everything at once.
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public PacketQueue queue() {
            return this;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void onCaughtUp(StreamId position, Source source) {
            assertThat(caughtUp).as("once").isNull();
            assertThat(source).isEqualTo(Source.RING);
            caughtUp = position;
            onCaughtUp.run();
        }

        @Override
        public void onLive() {
            Member entered = index.enter(this);
            entered.join(Room.OPERATORS, 10);
            member = entered;
        }

        @Override
        public String socketId() {
            return "tab";
        }

        @Override
        public Identity identity() {
            return new Identity(17, null, null, null, List.of(), null);
        }

        @Override
        public ClientInfo client() {
            return new ClientInfo("127.0.0.1", 4, null);
        }

        @Override
        public String transport() {
            return "websocket";
        }

        @Override
        public boolean wantsPositions() {
            return true;
        }

        Replay.Outcome comeBack(long from) {
            return replay.run(this, id(from), RoomStays.begun(id(from), List.of(Room.OPERATORS)), missed.restarts());
        }
    }

    private String packet(long number) {
        return "42[\"order:new\",{\"id\":" + number + "},\"" + epoch.text() + "-" + number + "-0\"]";
    }

    @Test
    void nothingIsLostOrDoubledBetweenReplayAndFanOut() throws Exception {
        int last = 20_000;
        fanOut.beginAfter(id(1_000));
        for (long number = 1_001; number <= 5_000; number++) {
            deliver(number);
        }
        List<Tab> tabs = new ArrayList<>();
        List<Future<Replay.Outcome>> outcomes = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(1);
        Thread reader = Thread.ofPlatform().start(() -> {
            started.countDown();
            for (long number = 5_001; number <= last; number++) {
                deliver(number);
                if (number % 100 == 0) {
                    // The others are to have some of the two processors.
                    Thread.yield();
                }
            }
        });
        started.await();
        try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < 50; n++) {
                Tab tab = new Tab();
                long from = 1_000 + n * 60;
                tabs.add(tab);
                outcomes.add(virtual.submit(() -> tab.comeBack(from)));
            }
        }
        reader.join();
        for (int n = 0; n < tabs.size(); n++) {
            assertThat(outcomes.get(n).get(1, TimeUnit.MINUTES)).isEqualTo(Replay.Outcome.LIVE);
            long from = 1_000 + n * 60;
            assertThat(tabs.get(n).got())
                    .isEqualTo(LongStream.rangeClosed(from + 1, last)
                            .filter(number -> number % 2 == 0)
                            .mapToObj(this::packet)
                            .toList());
        }
    }

    @Test
    void whatIsDeliveredBetweenTheLastPageAndTheEntranceIsBroughtToo() {
        fanOut.beginAfter(id(1_000));
        deliver(1_002);
        Tab tab = new Tab();
        tab.onCaughtUp = () -> {
            deliver(1_004);
            fanOut.pass(id(1_005));
        };
        assertThat(tab.comeBack(1_000)).isEqualTo(Replay.Outcome.LIVE);
        deliver(1_006);
        assertThat(tab.got()).containsExactly(packet(1_002), packet(1_004), packet(1_006));
        assertThat(tab.caughtUp).isEqualTo(id(1_002));
    }

    @Test
    void whoWasInTheMiddleWhenEventsWereMissedDoesNotGoLive() {
        fanOut.beginAfter(id(1_000));
        deliver(1_002);
        Tab tab = new Tab();
        // Events that nobody has read were deleted: the place is the same as before.
        tab.onCaughtUp = () -> fanOut.abandon(fanOut.position());
        assertThat(tab.comeBack(1_000)).isEqualTo(Replay.Outcome.GONE);
        assertThat(tab.member).isNull();
        Tab another = new Tab();
        int before = missed.restarts();
        fanOut.abandon(id(500));
        deliver(1_004);
        RoomStays rooms = RoomStays.begun(id(1_000), List.of(Room.OPERATORS));
        assertThat(replay.run(another, id(1_000), rooms, before)).isEqualTo(Replay.Outcome.GONE);
        assertThat(another.got()).as("events of another stream").isEmpty();
    }
}
