package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.RoomIndex;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OwnChangesTest {

    private final OwnChanges changes = new OwnChanges();
    private final RoomIndex index = new RoomIndex(changes);

    @Test
    void aMemberIsNotedOnceHoweverOftenItChanged() {
        Member member = index.enter(new OwnSocket("s", 17));
        member.join(Room.order("1"), 10);
        member.leave(Room.order("1"));
        assertThat(changes.take()).containsExactly(member);
    }

    @Test
    void whatWasTakenIsNotTakenAgain() {
        index.enter(new OwnSocket("s", 17));
        changes.take();
        assertThat(changes.take()).isEmpty();
    }

    @Test
    void aChangeAfterNotesWereTakenIsNotedAgain() {
        Member member = index.enter(new OwnSocket("s", 17));
        changes.take();
        member.leaveAll();
        assertThat(changes.take()).containsExactly(member);
    }

    @Test
    void twoMembersWithOneSocketIdAreTwo() {
        Member first = index.enter(new OwnSocket("s", 17));
        Member second = index.enter(new OwnSocket("s", 17));
        assertThat(changes.take()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void joiningARoomThatItIsInIsNoChange() {
        Member member = index.enter(new OwnSocket("s", 17));
        member.join(Room.order("1"), 10);
        changes.take();
        member.join(Room.order("1"), 10);
        member.leave(Room.order("2"));
        assertThat(changes.take()).isEmpty();
    }

    @Test
    void eachChangeIsToldToWhoeverLooksAtThem() {
        AtomicInteger told = new AtomicInteger();
        changes.onNote(told::incrementAndGet);
        Member member = index.enter(new OwnSocket("s", 17));
        assertThat(told).hasValue(1);
        member.join(Room.order("1"), 10);
        assertThat(told).hasValue(2);
    }
}
