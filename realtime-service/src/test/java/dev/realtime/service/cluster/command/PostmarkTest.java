package dev.realtime.service.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.command.DroppedException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** At which times a letter is accepted, to the millisecond; the clock stands until it is moved. */
class PostmarkTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SetClock clock = new SetClock();
    private final Postmark postmark = new Postmark(new ClusterClock(clock));

    private static final class SetClock extends Clock {

        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static Letter sent(String id, Instant time) {
        return new Letter(id, time.toEpochMilli(), "AAAAAAAA", Set.of("BBBBBBBB"), new Command.Report(), null, null);
    }

    private void isAccepted(Letter letter) {
        assertThatCode(() -> postmark.accept(letter)).doesNotThrowAnyException();
    }

    private Reason dropped(Letter letter) {
        return catchThrowableOfType(DroppedException.class, () -> postmark.accept(letter))
                .reason();
    }

    @Test
    void aLetterIsFreshForThirtySecondsOnEitherSideOfNow() {
        isAccepted(sent("oldest", NOW.minus(Postmark.GOOD_FOR)));
        isAccepted(sent("newest", NOW.plus(Postmark.GOOD_FOR)));
        assertThat(dropped(sent("too old", NOW.minus(Postmark.GOOD_FOR).minusMillis(1))))
                .isEqualTo(Reason.STALE);
        assertThat(dropped(sent("too new", NOW.plus(Postmark.GOOD_FOR).plusMillis(1))))
                .isEqualTo(Reason.STALE);
    }

    @Test
    void anIdIsAcceptedOnceWhateverElseTheLetterSays() {
        isAccepted(sent("1", NOW));
        assertThat(dropped(sent("1", NOW.plusSeconds(1)))).isEqualTo(Reason.REPLAYED);
        isAccepted(sent("2", NOW));
    }

    @Test
    void aLetterFromAClockThatIsAheadIsKnownForAsLongAsItIsFresh() {
        Letter ahead = sent("1", NOW.plus(Postmark.GOOD_FOR));
        isAccepted(ahead);
        clock.now = NOW.plus(Postmark.GOOD_FOR.multipliedBy(2));
        // Whoever makes room before must not forget it.
        isAccepted(sent("another", clock.now));
        assertThat(dropped(ahead)).isEqualTo(Reason.REPLAYED);
        clock.now = clock.now.plusMillis(1);
        assertThat(dropped(ahead)).isEqualTo(Reason.STALE);
    }

    @Test
    void whatWasTooNewIsAcceptedWhenItsTimeHasCome() {
        Letter letter = sent("1", NOW.plus(Postmark.GOOD_FOR).plusMillis(1));
        assertThat(dropped(letter)).isEqualTo(Reason.STALE);
        clock.now = NOW.plusMillis(1);
        isAccepted(letter);
    }

    @Test
    void whatIsDroppedTakesNoRoom() {
        for (int i = 0; i < 2 * Postmark.MOST; i++) {
            dropped(sent("stale " + i, NOW.minus(Duration.ofHours(1))));
        }
        isAccepted(sent("1", NOW));
    }
}
