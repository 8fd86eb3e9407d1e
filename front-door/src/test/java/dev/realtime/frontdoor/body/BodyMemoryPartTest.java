package dev.realtime.frontdoor.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyMemoryPartTest {

    private final BodyMemoryPart part = new BodyMemoryPart(1000);
    private final List<String> ended = new ArrayList<>();

    private BodyMemoryPart.Claim arriving(String name, int bytes, Object client) {
        BodyMemoryPart.Claim claim = part.claim(() -> ended.add(name));
        assertThat(claim.take(bytes)).isTrue();
        claim.arriving(client);
        return claim;
    }

    @Test
    void theSlowestIsEndedForANewcomer() {
        BodyMemoryPart.Claim slow = arriving("slow", 300, null);
        BodyMemoryPart.Claim fast = arriving("fast", 600, null);
        // Of the same age, one has brought half as much.
        BodyMemoryPart.Claim newcomer = part.claim(() -> ended.add("newcomer"));
        assertThat(newcomer.take(200)).isTrue();
        assertThat(ended).containsExactly("slow");
        assertThat(part.held()).isEqualTo(800);
        assertThat(slow.take(1)).isFalse();
        assertThat(slow.arrived()).isFalse();
        slow.close();
        assertThat(part.held()).isEqualTo(800);
        assertThat(fast.arrived()).isTrue();
        fast.close();
        newcomer.close();
        newcomer.close();
        assertThat(part.held()).isZero();
    }

    @Test
    void aWholeBodyIsNeverEnded() {
        BodyMemoryPart.Claim whole = part.claim(() -> ended.add("whole"));
        whole.take(700);
        whole.arriving(null);
        assertThat(whole.arrived()).isTrue();
        BodyMemoryPart.Claim newcomer = part.claim(() -> ended.add("newcomer"));
        assertThat(newcomer.take(400)).isFalse();
        assertThat(newcomer.take(300)).isTrue();
        assertThat(ended).isEmpty();
        newcomer.close();
        whole.close();
        assertThat(part.held()).isZero();
    }

    @Test
    void aClientMayHoldHalf() {
        arriving("first", 300, "one");
        arriving("other", 10, "two");
        arriving("second", 400, "one");
        assertThat(ended).containsExactly("first");
        assertThat(part.held()).isEqualTo(410);
    }

    @Test
    void whatIsMovedIsPaidForByTheOtherPart() {
        BodyMemoryPart other = new BodyMemoryPart(1000);
        BodyMemoryPart.Claim claim = arriving("moved", 300, null);
        claim.moveTo(other, "service");
        assertThat(part.held()).isZero();
        assertThat(other.held()).isEqualTo(300);
        assertThat(claim.take(100)).isTrue();
        claim.close();
        assertThat(other.held()).isZero();
    }

    @Test
    void manyThreadsLeaveNothingBehind() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int round = 0; round < 2_000; round++) {
                    BodyMemoryPart.Claim claim = part.claim(() -> {});
                    if (claim.take(200) && round % 3 > 0) {
                        claim.arriving(round % 2);
                        claim.take(150);
                    }
                    if (round % 5 == 0) {
                        claim.arrived();
                    }
                    claim.close();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(part.held()).isZero();
    }
}
