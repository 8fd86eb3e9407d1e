package dev.realtime.service.board;

import static dev.realtime.service.board.Events.DEFAULTS;
import static dev.realtime.service.board.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.contracts.board.PersonStatus;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What events make of the board. The times are milliseconds of the stream. */
class BoardStateTest {

    private BoardState board = new BoardState(DEFAULTS, id(0));

    private void at(long millis, String event, String json, String... rooms) {
        board.apply(Events.change(millis, event, json, rooms));
    }

    private CallEntry call(String key) {
        return Objects.requireNonNull(board.calls.get(key));
    }

    private OrderEntry order(String key) {
        return Objects.requireNonNull(board.orders.get(key));
    }

    private PersonEntry person(String key) {
        return Objects.requireNonNull(board.people.get(key));
    }

    // ------------------------------------------------------------------ calls

    @Test
    void aNewCallWaitsEvenIfItNamesAnOperator() {
        at(10, "call:new", "{'id':1,'status':'new','operatorId':5,'phoneClient':'+7999','city':'Казань'}");
        assertThat(call("1").stage()).isEqualTo(CallStage.WAITING);
        assertThat(call("1").operatorId()).isEqualTo(5L);
        assertThat(call("1").since()).isEqualTo(10);
        assertThat(call("1").city()).isEqualTo("Казань");
        assertThat(call("1").rooms()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"answered", "ANSWERED", " Answered ", "in_progress"})
    void aStatusAnswersACallWhateverItsCase(String status) {
        at(10, "call:new", "{'id':1,'status':'new'}");
        at(20, "call:updated", "{'id':1,'status':'" + status + "'}");
        assertThat(call("1").stage()).isEqualTo(CallStage.TALKING);
        assertThat(call("1").status()).isEqualTo(status);
        assertThat(call("1").since()).isEqualTo(10);
        assertThat(call("1").stageSince()).isEqualTo(20);
    }

    @Test
    void anotherStatusIsShownAndChangesNothingElse() {
        at(10, "call:new", "{'id':1,'status':'new'}");
        at(20, "call:updated", "{'id':1,'status':'Перевод'}");
        assertThat(call("1").stage()).isEqualTo(CallStage.WAITING);
        assertThat(call("1").status()).isEqualTo("Перевод");
        assertThat(call("1").stageSince()).isEqualTo(10);
    }

    @Test
    void anUpdateKeepsWhatItDoesNotName() {
        at(10, "call:new", "{'id':1,'status':'new','phoneClient':'+7999','operatorId':5}");
        at(20, "call:updated", "{'id':1,'city':'Казань'}");
        assertThat(call("1").phoneClient()).isEqualTo("+7999");
        assertThat(call("1").operatorId()).isEqualTo(5L);
        assertThat(call("1").status()).isEqualTo("new");
        assertThat(call("1").city()).isEqualTo("Казань");
    }

    @Test
    void anUpdateOfAnUnknownCallBeginsOne() {
        at(20, "call:updated", "{'id':'x','status':'answered'}");
        assertThat(call("x").stage()).isEqualTo(CallStage.TALKING);
        assertThat(call("x").since()).isEqualTo(20);
    }

    @Test
    void aCallThatWasAnsweredHasEndedAndAnotherWasMissed() {
        at(10, "call:new", "{'id':1}");
        at(11, "call:new", "{'id':2}");
        at(20, "call:updated", "{'id':1,'status':'answered'}");
        at(30, "call:ended", "{'id':1}");
        at(31, "call:ended", "{'id':2}");
        assertThat(call("1").stage()).isEqualTo(CallStage.ENDED);
        assertThat(call("1").endedAt()).isEqualTo(30);
        assertThat(call("2").stage()).isEqualTo(CallStage.MISSED);
        assertThat(board.calls.live()).isEmpty();
    }

    @Test
    void anEndBeforeTheBeginningStays() {
        at(10, "call:ended", "{'id':1}");
        at(20, "call:new", "{'id':1,'status':'new','phoneClient':'+7999'}");
        assertThat(call("1").isOver()).isTrue();
        assertThat(call("1").endedAt()).isEqualTo(10);
        assertThat(call("1").stage()).isEqualTo(CallStage.ENDED);
        assertThat(call("1").phoneClient()).isEqualTo("+7999");
        assertThat(board.calls.live()).isEmpty();
    }

    @Test
    void aCallEndsOnce() {
        at(10, "call:new", "{'id':1}");
        at(20, "call:ended", "{'id':1}");
        at(30, "call:ended", "{'id':1}");
        at(40, "call:updated", "{'id':1,'status':'ringing'}");
        assertThat(call("1").endedAt()).isEqualTo(20);
        assertThat(call("1").stage()).isEqualTo(CallStage.MISSED);
        assertThat(board.calls.live()).isEmpty();
    }

    @Test
    void theOutcomeMayBecomeKnownAfterTheEnd() {
        at(10, "call:new", "{'id':1}");
        at(20, "call:ended", "{'id':1}");
        at(30, "call:updated", "{'id':1,'status':'answered'}");
        assertThat(call("1").stage()).isEqualTo(CallStage.ENDED);
        assertThat(call("1").endedAt()).isEqualTo(20);
    }

    @Test
    void aNumberAndItsTextAreOneCallWithTheTypeOfTheLastEvent() {
        at(10, "call:new", "{'id':17}");
        at(20, "call:updated", "{'id':'17','status':'answered'}");
        assertThat(board.calls.size()).isOne();
        assertThat(call("17").id()).isEqualTo("17");
        at(30, "call:updated", "{'id':17}");
        assertThat(call("17").id()).isEqualTo(17L);
    }

    @Test
    void idsOfAnySizeKeepTheirDigits() {
        String big = "9".repeat(30);
        at(10, "call:new", "{'id':" + big + "}");
        at(11, "call:new", "{'id':9223372036854775807}");
        assertThat(call(big).id()).isEqualTo(new BigInteger(big));
        assertThat(call("9223372036854775807").id()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void textsAreCutAndIdsThatAreTooLongAreIgnored() {
        at(10, "call:new", "{'id':1,'status':'" + "s".repeat(500) + "'}");
        assertThat(call("1").status()).hasSize(200);
        at(20, "call:updated", "{'id':1,'status':'" + "s".repeat(199) + "\uD83D\uDE00'}");
        assertThat(call("1").status()).isEqualTo("s".repeat(199));
        at(30, "call:new", "{'id':'" + "i".repeat(201) + "'}");
        assertThat(board.calls.size()).isOne();
        assertThat(board.position()).isEqualTo(id(30));
    }

    @Test
    void aToldStepIsRemembered() {
        at(10, "call:new", "{'id':1}");
        at(20, "call:unanswered", "{'call':{'id':1},'seconds':20,'step':2}");
        at(30, "call:unanswered", "{'call':{'id':1},'seconds':10,'step':1}");
        at(40, "call:unanswered", "{'call':{'id':1},'seconds':10,'step':99999999999999999999}");
        at(60, "call:unanswered", "{'call':{'id':2},'seconds':10,'step':1}");
        assertThat(call("1").toldStep()).isEqualTo(2);
        assertThat(board.calls.size()).isOne();
    }

    // ------------------------------------------------------------------ orders

    @Test
    void anOrderHasWhatItsEventsTell() {
        at(10, "order:new", "{'id':1,'statusOrder':'Ожидает','city':'Казань','clientName':'Иван'}");
        at(20, "order:master-assigned", "{'orderId':1,'masterId':7,'masterName':'Пётр'}");
        at(30, "order:status-changed", "{'orderId':1,'newStatus':'В работе'}");
        assertThat(order("1").status()).isEqualTo("В работе");
        assertThat(order("1").masterId()).isEqualTo(7L);
        assertThat(order("1").masterName()).isEqualTo("Пётр");
        assertThat(order("1").clientName()).isEqualTo("Иван");
        assertThat(order("1").since()).isEqualTo(10);
        assertThat(order("1").statusSince()).isEqualTo(30);
    }

    @Test
    void aClosedOrderOpensAgainOnlyByAnotherStatus() {
        at(10, "order:new", "{'id':1,'statusOrder':'Ожидает'}");
        at(20, "order:status-changed", "{'orderId':1,'newStatus':'ГОТОВО'}");
        assertThat(order("1").closedAt()).isEqualTo(20);
        assertThat(board.orders.live()).isEmpty();
        at(30, "order:new", "{'id':1,'statusOrder':'Ожидает'}");
        at(40, "order:updated", "{'id':1,'city':'Казань'}");
        at(45, "order:master-assigned", "{'orderId':1,'masterId':7}");
        assertThat(order("1").closedAt()).isEqualTo(20);
        assertThat(order("1").status()).isEqualTo("ГОТОВО");
        at(50, "order:status-changed", "{'orderId':1,'newStatus':'В работе'}");
        assertThat(order("1").closedAt()).isZero();
        assertThat(board.orders.live()).hasSize(1);
    }

    @Test
    void roomsAddUp() {
        at(10, "order:new", "{'id':1}", "operators", "city:Казань");
        at(20, "order:updated", "{'id':1}", "city:Казань", "order:1");
        assertThat(order("1").rooms()).containsExactly(Room.OPERATORS, Room.city("Казань"), Room.order("1"));
        assertThat(board.orders.latest(Room.order("1"), 10)).hasSize(1);
        at(30, "order:status-changed", "{'orderId':1,'newStatus':'done'}");
        assertThat(board.orders.latest(Room.order("1"), 10)).isEmpty();
    }

    // ------------------------------------------------------------------ people

    @Test
    void aPersonComesTalksAndGoes() {
        at(10, "user:online", "{'userId':5,'name':'Anna','role':'operator'}");
        assertThat(person("5").status()).isEqualTo(PersonStatus.FREE);
        at(20, "call:new", "{'id':1,'operatorId':5}");
        assertThat(person("5").status()).isEqualTo(PersonStatus.RINGING);
        assertThat(person("5").since()).isEqualTo(20);
        assertThat(person("5").callId()).isEqualTo(1L);
        at(30, "call:updated", "{'id':1,'status':'answered'}");
        assertThat(person("5").status()).isEqualTo(PersonStatus.TALKING);
        at(35, "call:updated", "{'id':1,'city':'Казань'}");
        assertThat(person("5").since()).isEqualTo(30);
        at(40, "user:offline", "{'userId':5}");
        assertThat(person("5").status()).isEqualTo(PersonStatus.TALKING);
        assertThat(person("5").lastSeen()).isEqualTo(40);
        assertThat(board.isTalking("5")).isTrue();
        at(50, "call:ended", "{'id':1}");
        assertThat(person("5").status()).isEqualTo(PersonStatus.OFFLINE);
        assertThat(person("5").since()).isEqualTo(50);
        assertThat(person("5").name()).isEqualTo("Anna");
        assertThat(board.isTalking("5")).isFalse();
    }

    @Test
    void aCallThatMovesToAnotherOperatorFreesTheFirst() {
        at(10, "user:online", "{'userId':5}");
        at(11, "user:online", "{'userId':6}");
        at(20, "call:new", "{'id':1,'operatorId':5,'status':'answered'}");
        at(30, "call:updated", "{'id':1,'operatorId':'6'}");
        assertThat(person("5").status()).isEqualTo(PersonStatus.FREE);
        assertThat(person("5").since()).isEqualTo(30);
        assertThat(person("6").status()).isEqualTo(PersonStatus.TALKING);
    }

    @Test
    void ofSeveralCallsTheFirstOneAnsweredCounts() {
        at(10, "user:online", "{'userId':5}");
        at(20, "call:new", "{'id':1,'operatorId':5}");
        at(21, "call:new", "{'id':2,'operatorId':5}");
        at(30, "call:updated", "{'id':1,'city':'Казань'}");
        assertThat(person("5").callId()).isEqualTo(1L);
        at(40, "call:updated", "{'id':2,'status':'answered'}");
        assertThat(person("5").callId()).isEqualTo(2L);
        at(50, "call:ended", "{'id':2}");
        assertThat(person("5").status()).isEqualTo(PersonStatus.RINGING);
        assertThat(person("5").since()).isEqualTo(50);
    }

    @Test
    void whatWasToldIsRemembered() {
        at(10, "user:online", "{'userId':5}");
        assertThat(person("5").isUntold()).isTrue();
        at(20, "user:status", "{'userId':5,'status':'free'}");
        assertThat(person("5").isUntold()).isFalse();
        at(30, "user:status", "{'userId':5,'status':'nonsense'}");
        assertThat(person("5").isUntold()).isTrue();
        assertThat(board.people.size()).isOne();
    }

    // ------------------------------------------------------------------ bounds

    @Test
    void theStreamsTimeEndsWhatHadNoEventForTooLong() {
        at(0, "user:online", "{'userId':5}");
        at(1, "call:new", "{'id':1,'operatorId':5}");
        at(2, "call:ended", "{'id':2}");
        at(3, "order:new", "{'id':1}");
        board.pass(id(Duration.ofHours(4).toMillis() + 1));
        assertThat(board.calls.get("1")).isNotNull();
        long end = Duration.ofHours(4).toMillis() + 2;
        board.pass(id(end));
        assertThat(board.calls.get("1")).isNull();
        assertThat(person("5").status()).isEqualTo(PersonStatus.FREE);
        assertThat(person("5").since()).isEqualTo(end);
        assertThat(board.calls.get("2")).isNotNull();
        board.pass(id(Duration.ofHours(24).toMillis() + 3));
        assertThat(board.calls.get("2")).isNull();
        assertThat(board.orders.get("1")).isNotNull();
        board.pass(id(Duration.ofDays(7).toMillis() + 4));
        assertThat(board.orders.get("1")).isNull();
        assertThat(board.evicted()).isZero();
        assertThat(board.removedSince(id(end))).hasSize(2);
    }

    @Test
    void whatIsOverGoesFirstAndThenTheOldest() {
        board = new BoardState(Events.properties(100), id(0));
        for (int i = 0; i < 100; i++) {
            at(10 + i, i % 2 == 0 ? "call:new" : "order:new", "{'id':" + i + "}");
        }
        at(200, "call:ended", "{'id':98}");
        at(201, "call:new", "{'id':'new'}");
        assertThat(board.calls.get("98")).isNull();
        assertThat(board.evicted()).isOne();
        at(202, "order:new", "{'id':'new'}");
        assertThat(board.calls.get("0")).isNull();
        assertThat(board.calls.size() + board.orders.size()).isEqualTo(100);
        assertThat(board.evicted()).isEqualTo(2);
    }

    @Test
    void peopleAreBoundedToo() {
        board = new BoardState(Events.properties(100), id(0));
        for (int i = 0; i < 101; i++) {
            at(10 + i, "user:online", "{'userId':" + i + "}");
        }
        assertThat(board.people.size()).isEqualTo(100);
        assertThat(board.people.get("0")).isNull();
    }

    @Test
    void removalsAreKnownForAWhileAndWithoutWhatCameBack() {
        board = new BoardState(Events.properties(100), id(5));
        for (int i = 0; i < 102; i++) {
            at(10 + i, "call:new", "{'id':" + i + "}");
        }
        at(200, "call:new", "{'id':0}");
        assertThat(board.removedSince(id(5)))
                .extracting(BoardState.Removal::key)
                .containsExactly("2", "1");
        assertThat(board.removedSince(id(4))).isNull();
        List<BoardState.Removal> later = board.removedSince(id(111));
        assertThat(later).extracting(BoardState.Removal::key).containsExactly("2");
    }
}
