package dev.realtime.service.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.backplane.StreamedEvent;
import dev.realtime.service.position.Epoch;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;

class BoardTest {

    private final Board board = new Board(new Epoch(new StringRedisTemplate(), event -> {}), new SimpleMeterRegistry());

    private void read(StreamId id) {
        StreamedEvent event = Events.event(id.millis(), "call:new", "{'id':'a'}");
        board.append(event.at(id), event.members());
    }

    @Test
    void whenTheFirstRecordComesBeforeTheStartIsKnownEventsWaitFromThere() {
        assertThat(board.task()).isNull();
        StreamId first = new StreamId(1_000, 3);
        read(first);
        Board.Task task = board.task();
        assertThat(task).isNotNull();
        assertThat(task.after()).isEqualTo(first.previous());
        board.install(task, "abcdef", new BoardState(Events.DEFAULTS, task.after()));
        assertThat(board.calls().entries()).hasSize(1);
        assertThat(board.hasSeen(first)).isTrue();
    }

    @Test
    void theSameForARecordThatIsNotAnEvent() {
        StreamId first = new StreamId(1_000, 0);
        board.pass(first);
        Board.Task task = board.task();
        assertThat(task).isNotNull();
        assertThat(task.after()).isEqualTo(first.previous());
    }
}
