package dev.realtime.service.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.WhyAnswer;
import dev.realtime.contracts.admin.WhyReason;
import dev.realtime.service.journal.Coverage;
import dev.realtime.service.journal.JournalStore.Covered;
import dev.realtime.service.journal.UserJournal;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

/** What is read for an answer, and when. */
class WhyTest {

    private static final StreamId EVENT = new StreamId(1_764_000_000_000L, 0);
    private static final Instant CONFIRMED = Instant.parse("2030-01-02T03:04:05Z");

    private final List<String> reads = new ArrayList<>();

    private static Question question(String receipt) {
        return new Question(EVENT, Set.of(Room.OPERATORS), "17", receipt.isEmpty() ? null : receipt);
    }

    /** The parts of an instance that has told everything up to an event, or up to the one before. */
    private Parts parts(boolean whole) {
        reads.add("parts");
        StreamId through = new StreamId(EVENT.millis() - (whole ? 0 : 1), 0);
        StreamId birth = new StreamId(1, 0);
        Coverage here = new Coverage("here", birth, birth, through, EVENT.millis(), false);
        return new Parts(EVENT, new Covered(1, List.of(here)), Set.of("here"), Duration.ofHours(12), EVENT.millis());
    }

    private UserJournal journal(String userKey) {
        reads.add("journal of " + userKey);
        return new UserJournal(List.of(), List.of(), List.of(), 0);
    }

    private Instant confirmedAt(String receipt, String userKey) {
        reads.add(receipt + " of " + userKey);
        return CONFIRMED;
    }

    @Test
    void whoeverHasConfirmedIsConfirmedSinceThen() {
        WhyAnswer answer = new Why(event -> parts(true), this::journal, this::confirmedAt).answer(question("7-0"));
        assertThat(answer.reason()).isEqualTo(WhyReason.CONFIRMED);
        assertThat(answer.since()).isEqualTo(CONFIRMED);
        assertThat(reads).containsExactly("parts", "journal of 17", "7-0 of 17");
    }

    @Test
    void whatNobodyHasToConfirmHasNoReceipt() {
        WhyAnswer answer = new Why(event -> parts(true), this::journal, this::confirmedAt).answer(question(""));
        assertThat(answer.reason()).isEqualTo(WhyReason.OFFLINE);
        assertThat(reads).containsExactly("parts", "journal of 17");
    }

    @Test
    void whileInstancesAreWaitedForOnlyWhatTheyToldIsReadAgain() {
        Why why = new Why(event -> parts(reads.size() == 2), this::journal, (receipt, userKey) -> null);
        assertThat(why.answer(question("7-0")).reason()).isEqualTo(WhyReason.OFFLINE);
        assertThat(reads).containsExactly("parts", "parts", "parts", "journal of 17");
    }

    @Test
    void aReceiptThatCannotBeReadIsNoAnswer() {
        Why why = new Why(event -> parts(true), this::journal, (receipt, userKey) -> {
            throw new QueryTimeoutException("Redis is unavailable");
        });
        assertThatThrownBy(() -> why.answer(question("7-0"))).isInstanceOf(QueryTimeoutException.class);
    }
}
