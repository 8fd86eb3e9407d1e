package dev.realtime.service.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.service.payload.SendingRef;
import dev.realtime.service.rest.Listener;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FanOutTest {

    private final RoomIndex index = new RoomIndex(_ -> {});
    private final List<Object> trail = new ArrayList<>();
    private String epoch = "k3x9ab";
    private final FanOut fanOut = new FanOut(index, () -> epoch, new Trail(), new SimpleMeterRegistry());
    private final Listener positioned = Listener.positioned(index, Room.OPERATORS, Room.DIRECTORS);
    private final Listener plain =
            new Listener(index, new Identity(17, null, null, null, List.of(), null), "websocket", Room.OPERATORS);

    private final class Trail implements EventTrail {

        @Override
        public void append(PositionedEvent event, KnownMembers members) {
            trail.add(event);
        }

        @Override
        public void pass(StreamId id) {
            trail.add(id);
        }

        @Override
        public void restart(StreamId after) {
            trail.add("restart " + after);
        }
    }

    @AfterEach
    void leave() {
        positioned.close();
        plain.close();
    }

    private static PositionedEvent event(long millis, Room... rooms) {
        return new PositionedEvent(
                new StreamId(millis, 3), "order:new", ("{\"id\":" + millis + "}").getBytes(UTF_8), List.of(rooms));
    }

    @Test
    void theEventHasItsPositionForThoseThatWantItAndIsAsEverForOthers() {
        PositionedEvent event = event(1_796_000_000_123L, Room.OPERATORS, Room.DIRECTORS);
        assertThat(fanOut.deliver(event)).isEqualTo(2);
        assertThat(positioned.soFar())
                .containsExactly("42[\"order:new\",{\"id\":1796000000123},\"k3x9ab-1796000000123-3\"]");
        assertThat(plain.soFar()).containsExactly("42[\"order:new\",{\"id\":1796000000123}]");
        assertThat(trail).containsExactly(event);
        assertThat(fanOut.position()).isEqualTo(event.id());
    }

    @Test
    void largeEventsHaveTheRightLengthOnTheWire() {
        for (int size : new int[] {60, 90, 130, 65_480, 65_530, 70_000}) {
            byte[] payload = ("{\"t\":\"" + "x".repeat(size) + "\"}").getBytes(UTF_8);
            EncodedPacket packet = EncodedPacket.event("order:new", payload, "k3x9ab-1796000000123-3");
            String expected = "42[\"order:new\"," + new String(payload, UTF_8) + ",\"k3x9ab-1796000000123-3\"]";
            assertThat(packet.payload().toString(UTF_8)).isEqualTo(expected);
            int header = expected.length() < 126 ? 2 : expected.length() <= 0xFFFF ? 4 : 10;
            assertThat(packet.size()).isEqualTo(expected.length() + header);
            packet.release();
        }
    }

    @Test
    void theEpochIsThatOfTheMoment() {
        fanOut.deliver(event(1, Room.OPERATORS));
        epoch = "000000";
        fanOut.deliver(event(2, Room.OPERATORS));
        assertThat(positioned.soFar()).last().asString().endsWith(",\"000000-2-3\"]");
    }

    @Test
    void whatGoesToNobodyMovesThePositionAlone() {
        fanOut.pass(new StreamId(5, 0));
        assertThat(fanOut.position()).isEqualTo(new StreamId(5, 0));
        assertThat(trail).containsExactly(new StreamId(5, 0));
        assertThat(positioned.soFar()).isEmpty();
    }

    @Test
    void whatIsWithheldGoesToNobodyAndIsNotRemembered() {
        Withheld recalled = new Withheld() {
            @Override
            public Reason reason(SendingRef sending) {
                return Reason.RECALLED;
            }

            @Override
            public boolean isRecalled(String eventId) {
                return false;
            }
        };
        FanOut withholding =
                new FanOut(index, () -> epoch, new Trail(), Addressees.NONE, recalled, new SimpleMeterRegistry());
        PositionedEvent free = event(4, Room.OPERATORS);
        PositionedEvent sent = new PositionedEvent(
                new StreamId(5, 0),
                "notification",
                "{\"message\":\"m\"}".getBytes(UTF_8),
                List.of(Room.OPERATORS),
                null,
                new SendingRef("aa", null));
        assertThat(withholding.deliver(free)).isEqualTo(2);
        assertThat(withholding.deliver(sent)).isZero();
        assertThat(trail).containsExactly(free, sent.id());
        assertThat(withholding.position()).isEqualTo(sent.id());
        assertThat(plain.soFar()).hasSize(1);
    }

    @Test
    void readingBeginsSomewhereOnlyWhileNothingWasRead() {
        fanOut.beginAfter(new StreamId(4, 0));
        fanOut.beginAfter(new StreamId(5, 0));
        assertThat(fanOut.position()).isEqualTo(new StreamId(4, 0));
        assertThat(trail).containsExactly("restart 4-0");
    }

    @Test
    void whoIsAbandonedIsSentNothingAnyMoreAndOthersAre() {
        fanOut.deliver(event(1, Room.OPERATORS));
        assertThat(fanOut.abandon(new StreamId(9, 0))).isEqualTo(2);
        assertThat(fanOut.position()).isEqualTo(new StreamId(9, 0));
        assertThat(trail).last().isEqualTo("restart 9-0");
        try (Listener fresh = Listener.positioned(index, Room.OPERATORS)) {
            assertThat(fanOut.deliver(event(10, Room.OPERATORS, Room.DIRECTORS)))
                    .isEqualTo(1);
            assertThat(fanOut.deliver(event(11, Room.EVERYONE))).isEqualTo(1);
            fanOut.keepFresh();
            fanOut.pass(new StreamId(12, 0));
            fanOut.keepFresh();
            assertThat(fresh.soFar()).hasSize(3);
        }
        assertThat(positioned.soFar()).hasSize(1);
        assertThat(plain.soFar()).hasSize(1);
    }

    @Test
    void onlyQuietSocketsAreToldThePositionAndOnlyWhenItMoved() {
        fanOut.deliver(event(1, Room.DIRECTORS));
        try (Listener quiet = Listener.positioned(index, Room.OPERATORS)) {
            assertThat(fanOut.keepFresh()).as("the first beat").isEqualTo(1);
            assertThat(quiet.soFar()).containsExactly("42[\"position\",\"k3x9ab-1-3\"]");
            assertThat(fanOut.keepFresh()).as("the position has not moved").isZero();
            fanOut.pass(new StreamId(5, 0));
            // What was offered before the last beat counts no more; a position that it was told counts.
            assertThat(fanOut.keepFresh()).isEqualTo(2);
            fanOut.deliver(event(6, Room.DIRECTORS));
            assertThat(fanOut.keepFresh()).isEqualTo(1);
            assertThat(quiet.soFar()).last().isEqualTo("42[\"position\",\"k3x9ab-6-3\"]");
            fanOut.deliver(event(7, Room.EVERYONE));
            assertThat(fanOut.keepFresh()).isZero();
        }
        assertThat(positioned.soFar())
                .filteredOn(packet -> packet.startsWith("42[\"position\""))
                .hasSize(1);
        assertThat(plain.soFar()).as("wants none").noneMatch(packet -> packet.contains("position"));
    }

    @Test
    void whatIsDoneAtAPositionIsDoneBetweenTwoEvents() throws Exception {
        fanOut.deliver(event(1, Room.OPERATORS));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<StreamId> at = CompletableFuture.supplyAsync(() -> fanOut.atPosition(id -> {
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return id;
        }));
        inside.await();
        CompletableFuture<Integer> delivered =
                CompletableFuture.supplyAsync(() -> fanOut.deliver(event(2, Room.OPERATORS)));
        assertThat(fanOut.position()).isEqualTo(new StreamId(1, 3));
        assertThat(delivered).isNotDone();
        goOn.countDown();
        assertThat(at.get(30, TimeUnit.SECONDS)).isEqualTo(new StreamId(1, 3));
        assertThat(delivered.get(30, TimeUnit.SECONDS)).isEqualTo(2);
    }
}
