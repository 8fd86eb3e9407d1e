package dev.realtime.service.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.WhyAnswer;
import dev.realtime.contracts.admin.WhyReason;
import dev.realtime.service.journal.Coverage;
import dev.realtime.service.journal.JournalStore.Covered;
import dev.realtime.service.journal.RoomStay;
import dev.realtime.service.journal.SocketNote;
import dev.realtime.service.journal.SocketNote.Refusal;
import dev.realtime.service.journal.UserJournal;
import dev.realtime.service.journal.UserJournal.BlockNote;
import dev.realtime.service.journal.UserJournal.RefusedConnects;
import dev.realtime.service.why.Question.Withheld;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers to one question, about the event at 10 s, asked a minute later. */
class JudgeTest {

    private static final long START = 1_764_000_000_000L;
    private static final StreamId EVENT = at(10);
    private static final long NOW = START + 70_000;
    private static final Set<Room> ROOMS = Set.of(Room.city("Саратов"), Room.order("7"));
    private static final Duration RETENTION = Duration.ofHours(12);

    private final List<SocketNote> sockets = new ArrayList<>();
    private final List<BlockNote> blocks = new ArrayList<>();
    private final List<RefusedConnects> refusals = new ArrayList<>();
    private final List<Coverage> instances = new ArrayList<>();
    private long since = START - 1;
    private long known;
    private @Nullable Withheld withheld;

    @BeforeEach
    void anInstanceKnowsEverything() {
        instances.add(new Coverage("a", at(0), at(0), at(69), millis(69), false));
    }

    private static StreamId at(int second) {
        return new StreamId(START + second * 1_000L, 1);
    }

    private static long millis(int second) {
        return START + second * 1_000L;
    }

    private Parts parts(String... live) {
        return new Parts(EVENT, new Covered(since, instances), Set.of(live), RETENTION, NOW);
    }

    private Judge judge(String... live) {
        return judge(ROOMS, parts(live));
    }

    private Judge judge(Set<Room> rooms, Parts parts) {
        return new Judge(
                new Question(EVENT, rooms, "17", null), parts, new UserJournal(sockets, blocks, refusals, known));
    }

    private WhyAnswer answer() {
        return new Judge(
                        new Question(EVENT, ROOMS, "17", null, withheld),
                        parts(),
                        new UserJournal(sockets, blocks, refusals, known))
                .answer(null);
    }

    private void is(WhyReason reason, @Nullable String code) {
        WhyAnswer answer = answer();
        assertThat(answer.reason()).as(answer.toString()).isEqualTo(reason);
        assertThat(answer.code()).isEqualTo(code);
    }

    /** A socket from a second to another one, in rooms. */
    private Note socket(int from, @Nullable Integer closed, RoomStay... stays) {
        Note note = new Note(from, closed, List.of(stays));
        note.add();
        return note;
    }

    private static RoomStay stay(String room, int joined, @Nullable Integer left) {
        return new RoomStay(room, at(joined), left == null ? null : at(left));
    }

    private final class Note {

        private String instance = "a";
        private String socketId = "socket";
        private final int from;
        private final @Nullable Integer closed;
        private final List<RoomStay> stays;
        private int connected;
        private @Nullable StreamId live;
        private @Nullable String code;
        private @Nullable StreamId cut;
        private StreamId empty = at(60);
        private @Nullable StreamId knownFrom;
        private List<Refusal> refused = List.of();

        Note(int from, @Nullable Integer closed, List<RoomStay> stays) {
            this.from = from;
            this.closed = closed;
            this.stays = stays;
            this.connected = from;
            this.live = at(from);
        }

        void add() {
            sockets.add(new SocketNote(
                    instance,
                    socketId,
                    millis(connected),
                    at(from),
                    live,
                    closed == null ? null : at(closed),
                    code,
                    cut,
                    empty,
                    knownFrom,
                    stays,
                    refused));
        }

        void again() {
            sockets.removeLast();
            add();
        }
    }

    private static RoomStay order() {
        return stay("order:7", 5, null);
    }

    @Test
    void whoWasInOneOfTheRoomsGotIt() {
        socket(5, null, order());
        is(WhyReason.WRITTEN, null);
        assertThat(answer().since()).isEqualTo(Instant.ofEpochMilli(millis(10)));
        assertThat(answer().sockets().getFirst().rooms()).containsExactly("order:7");
        assertThat(answer().to()).as("in the same order on every instance").containsExactly("city:Саратов", "order:7");
    }

    @Test
    void everybodyWhoWasThereGetsWhatIsForEverybody() {
        socket(5, null);
        assertThat(judge(Set.of(Room.EVERYONE), parts()).answer(null).reason()).isEqualTo(WhyReason.WRITTEN);
    }

    @Test
    void whoCameBackAfterTheRecallDidNotGetIt() {
        withheld = new Withheld(WhyReason.RECALLED, Instant.ofEpochMilli(millis(15)));
        Note note = socket(5, null, order());
        note.connected = 20;
        note.live = at(21);
        note.again();
        is(WhyReason.RECALLED, null);
        assertThat(answer().since()).isEqualTo(Instant.ofEpochMilli(millis(15)));
        // The client comes back once more, and says that it has everything up to there.
        Note later = socket(25, null, order());
        later.connected = 30;
        later.again();
        is(WhyReason.RECALLED, null);
    }

    @Test
    void whoWasThereOrCameBackBeforeTheEndGotIt() {
        withheld = new Withheld(WhyReason.EXPIRED, Instant.ofEpochMilli(millis(15)));
        socket(5, null, order());
        is(WhyReason.WRITTEN, null);
        sockets.clear();
        Note note = socket(5, null, order());
        note.connected = 14;
        note.live = at(16);
        note.again();
        is(WhyReason.WRITTEN, null);
        withheld = new Withheld(WhyReason.EXPIRED, Instant.ofEpochMilli(millis(14)));
        is(WhyReason.EXPIRED, null);
    }

    @Test
    void aConfirmationSaysItAll() {
        WhyAnswer answer = judge().answer(Instant.ofEpochMilli(millis(30)));
        assertThat(answer.reason()).isEqualTo(WhyReason.CONFIRMED);
        assertThat(answer.since()).isEqualTo(Instant.ofEpochMilli(millis(30)));
    }

    @Test
    void whoHadNoSocketWasOffline() {
        is(WhyReason.OFFLINE, null);
        assertThat(answer().sockets()).isEmpty();
        Note before = new Note(1, 4, List.of(stay("order:7", 1, null)));
        before.code = "left";
        before.add();
        socket(12, null, order());
        is(WhyReason.OFFLINE, "left");
        assertThat(answer().since()).isEqualTo(Instant.ofEpochMilli(millis(4)));
        assertThat(answer().sockets()).hasSize(2).allMatch(socket -> socket.reason() == WhyReason.OFFLINE);
    }

    @Test
    void aStayThatBeganLaterOrEndedEarlierDoesNotCount() {
        socket(1, null, stay("order:7", 1, 9), stay("order:7", 10, null), stay("operators", 1, null));
        is(WhyReason.NOT_IN_ROOMS, null);
        assertThat(answer().sockets().getFirst().rooms()).containsExactly("operators");
    }

    @Test
    void aStayHasTheEventAtWhichItEnded() {
        socket(1, null, stay("order:7", 9, 10));
        is(WhyReason.WRITTEN, null);
    }

    @Test
    void aJoinThatWasRefusedBeforeIsTheReason() {
        Note note = socket(1, null);
        note.refused = List.of(new Refusal("city:Саратов", "room_forbidden", at(8)));
        note.again();
        is(WhyReason.REFUSED, "room_forbidden");
        note.refused = List.of(
                new Refusal("city:Саратов", "room_forbidden", at(11)),
                new Refusal("city:Вольск", "room_forbidden", at(2)));
        note.again();
        is(WhyReason.NOT_IN_ROOMS, null);
    }

    @Test
    void whoCouldNotConnectWasRefused() {
        refusals.add(new RefusedConnects("token_expired", millis(3), millis(40)));
        is(WhyReason.REFUSED, "token_expired");
        // Connected in between.
        socket(4, 6);
        is(WhyReason.OFFLINE, null);
        refusals.add(new RefusedConnects("too_many_sockets", millis(7), millis(7)));
        is(WhyReason.REFUSED, "too_many_sockets");
    }

    @Test
    void whoseTokenRanOutWasRefusedToo() {
        Note note = socket(1, 4);
        note.code = "token_expired";
        note.again();
        is(WhyReason.REFUSED, "token_expired");
    }

    @Test
    void aBlockCountsWhileItLasts() {
        blocks.add(new BlockNote(millis(5), millis(600)));
        is(WhyReason.BLOCKED, "user_blocked");
        blocks.add(new BlockNote(millis(9), millis(9)));
        is(WhyReason.OFFLINE, null);
        blocks.clear();
        blocks.add(new BlockNote(millis(1), millis(9)));
        is(WhyReason.OFFLINE, null);
        blocks.clear();
        blocks.add(new BlockNote(millis(11), millis(600)));
        is(WhyReason.OFFLINE, null);
    }

    @Test
    void whatASocketGotBeforeTheBlockReachedItIsWritten() {
        blocks.add(new BlockNote(millis(9), millis(600)));
        socket(1, 11, stay("order:7", 1, null));
        is(WhyReason.WRITTEN, null);
    }

    @Test
    void aSlowClientGotWhatWasWrittenBeforeItsQueueFilled() {
        Note note = socket(1, 20, stay("order:7", 1, null));
        note.code = "slow_client";
        note.empty = at(10);
        note.again();
        is(WhyReason.WRITTEN, null);
        note.empty = at(9);
        note.again();
        is(WhyReason.QUEUE_FULL, "slow_client");
    }

    @Test
    void aClientThatCameBackAndNamedALaterPositionHasIt() {
        Note slow = socket(1, 20, stay("order:7", 1, null));
        slow.code = "slow_client";
        slow.empty = at(9);
        slow.again();
        Note back = new Note(10, null, List.of(stay("order:7", 1, null)));
        back.connected = 21;
        back.add();
        is(WhyReason.WRITTEN, null);
        assertThat(answer().sockets()).hasSize(1);
    }

    @Test
    void whatWasMissedIsWrittenByTheReplay() {
        socket(1, 8, stay("order:7", 1, null));
        Note back = new Note(7, null, List.of(stay("order:7", 1, null)));
        back.connected = 15;
        back.live = at(16);
        back.add();
        is(WhyReason.WRITTEN, null);
        assertThat(answer().since()).isEqualTo(Instant.ofEpochMilli(millis(15)));
        sockets.removeLast();
        back.live = null;
        back.add();
        is(WhyReason.UNKNOWN, "replay");
    }

    @Test
    void anInstanceThatMissedEventsDeliversNothingMore() {
        Note note = socket(1, 12, stay("order:7", 1, null));
        note.cut = at(9);
        note.code = "continuity_lost";
        note.again();
        assertThat(answer().sockets().getFirst().reason()).isEqualTo(WhyReason.OFFLINE);
        assertThat(answer().sockets().getFirst().code()).isEqualTo("continuity_lost");
        is(WhyReason.OFFLINE, "continuity_lost");
    }

    @Test
    void aSilentInstanceMakesItUnknownUntilItCountsAsDead() {
        instances.add(new Coverage("b", at(0), at(0), at(5), millis(5), false));
        is(WhyReason.UNKNOWN, "instance_silent");
        assertThat(answer().missing()).containsExactly("b");
        Note there = socket(1, null, stay("order:7", 1, null));
        there.instance = "b";
        there.again();
        is(WhyReason.UNKNOWN, "instance_silent");
        // Silent for ten seconds before the event.
        instances.set(1, new Coverage("b", at(-10), at(-10), at(-1), millis(-1), false));
        is(WhyReason.OFFLINE, "instance_died");
        assertThat(judge("b").answer(null).reason()).isEqualTo(WhyReason.UNKNOWN);
    }

    @Test
    void anEventOfAMomentAgoIsWaitedFor() {
        Coverage dead = new Coverage("b", at(-10), at(-10), at(-1), millis(-1), false);
        assertThat(Knowledge.of(dead, EVENT, false, millis(12))).isEqualTo(Knowledge.SOON);
        assertThat(Knowledge.of(dead, EVENT, false, millis(14))).isEqualTo(Knowledge.DEAD);
    }

    @Test
    void whatIsWrittenIsCertainWhoeverIsSilent() {
        instances.add(new Coverage("b", at(0), at(0), at(5), millis(5), false));
        socket(1, null, stay("order:7", 1, null));
        is(WhyReason.WRITTEN, null);
    }

    @Test
    void anInstanceThatIsAliveWillTell() {
        instances.set(0, new Coverage("a", at(0), at(0), at(9), millis(69), false));
        assertThat(parts().isSoonKnown()).isTrue();
        is(WhyReason.UNKNOWN, "instance_silent");
        instances.set(0, new Coverage("a", at(0), at(0), at(10), millis(69), false));
        assertThat(parts().isSoonKnown()).isFalse();
        assertThat(parts("a", "new").isSoonKnown()).isTrue();
    }

    @Test
    void anInstanceThatEndedOrBeganLaterHadNoSockets() {
        instances.add(new Coverage("ended", at(0), at(0), at(5), millis(5), true));
        instances.add(new Coverage("later", at(11), at(11), at(69), millis(69), false));
        is(WhyReason.OFFLINE, null);
        Note note = socket(1, null, stay("order:7", 1, null));
        note.instance = "ended";
        note.again();
        is(WhyReason.OFFLINE, null);
    }

    @Test
    void whatAnInstanceForgotIsUnknown() {
        instances.set(0, new Coverage("a", at(0), at(11), at(69), millis(69), false));
        is(WhyReason.UNKNOWN, "gap");
        Note note = socket(1, null, stay("operators", 1, null));
        instances.set(0, new Coverage("a", at(0), at(0), at(69), millis(69), false));
        note.knownFrom = at(10);
        note.again();
        is(WhyReason.UNKNOWN, "gap");
        note.knownFrom = at(9);
        note.again();
        is(WhyReason.NOT_IN_ROOMS, null);
    }

    @Test
    void whatIsTooLongAgoIsUnknown() {
        socket(1, null, stay("order:7", 1, null));
        since = millis(11);
        is(WhyReason.UNKNOWN, "too_old");
        since = millis(0);
        known = millis(11);
        is(WhyReason.UNKNOWN, "too_old");
        known = 0;
        Parts oneMinute = new Parts(EVENT, new Covered(0, instances), Set.of(), Duration.ofSeconds(59), NOW);
        assertThat(judge(ROOMS, oneMinute).answer(null).code()).isEqualTo("too_old");
    }
}
