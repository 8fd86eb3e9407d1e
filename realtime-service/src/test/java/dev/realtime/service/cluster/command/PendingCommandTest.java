package dev.realtime.service.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PendingCommandTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode ONE = JSON.valueToTree(1);
    private static final JsonNode TWO = JSON.valueToTree(2);

    private final PendingCommand pending = new PendingCommand(Set.of("AAAAAAAA", "BBBBBBBB"));

    private boolean allHaveAnswered() throws InterruptedException {
        return pending.await(Duration.ZERO);
    }

    @Test
    void beforeAnybodyAnsweredAllAreSilent() throws Exception {
        assertThat(allHaveAnswered()).isFalse();
        assertThat(pending.result()).isEqualTo(new Answers(Map.of(), Set.of("AAAAAAAA", "BBBBBBBB")));
    }

    @Test
    void whenAllHaveAnsweredNobodyIsSilent() throws Exception {
        pending.take("AAAAAAAA", ONE);
        assertThat(allHaveAnswered()).isFalse();
        pending.take("BBBBBBBB", TWO);
        assertThat(allHaveAnswered()).isTrue();
        assertThat(pending.result()).isEqualTo(new Answers(Map.of("AAAAAAAA", ONE, "BBBBBBBB", TWO), Set.of()));
    }

    @Test
    void theFirstAnswerOfAnInstanceCounts() throws Exception {
        pending.take("AAAAAAAA", ONE);
        pending.take("AAAAAAAA", TWO);
        assertThat(allHaveAnswered()).isFalse();
        assertThat(pending.result().byInstance()).isEqualTo(Map.of("AAAAAAAA", ONE));
    }

    @Test
    void whoCouldNotPerformItIsSilentAndNotWaitedFor() throws Exception {
        pending.take("AAAAAAAA", null);
        pending.take("BBBBBBBB", TWO);
        assertThat(allHaveAnswered()).isTrue();
        assertThat(pending.result()).isEqualTo(new Answers(Map.of("BBBBBBBB", TWO), Set.of("AAAAAAAA")));
    }

    @Test
    void whoCouldNotPerformItDoesNotAnswerLater() {
        pending.take("AAAAAAAA", null);
        pending.take("AAAAAAAA", ONE);
        assertThat(pending.result().byInstance()).isEmpty();
    }

    @Test
    void whoWasNotAskedIsNotHeard() throws Exception {
        pending.take("CCCCCCCC", ONE);
        pending.take("AAAAAAAA", ONE);
        assertThat(allHaveAnswered()).isFalse();
        assertThat(pending.result().byInstance()).containsOnlyKeys("AAAAAAAA");
    }
}
