package dev.realtime.stream.binder.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.stream.binder.redis.StreamHistory.Entry;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTests {

    @Test
    void looksBackFromAnywhereInBothDirections() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            List<String> ids = new ArrayList<>();
            for (int n = 0; n < 10; n++) {
                ids.add(app.send(("m" + n).getBytes(UTF_8), Map.of("number", n, "tags", List.of("a", "b")))
                        .id());
            }
            StreamHistory history = app.bean(StreamHistory.class);

            assertThat(history.before("events", null, 3))
                    .extracting(Entry::id)
                    .containsExactlyElementsOf(ids.subList(7, 10).reversed());
            assertThat(history.before("events", ids.get(7), 3))
                    .extracting(Entry::id)
                    .containsExactlyElementsOf(ids.subList(4, 7).reversed());
            assertThat(history.after("events", ids.get(7), 100))
                    .extracting(Entry::id)
                    .containsExactlyElementsOf(ids.subList(8, 10));
            assertThat(history.after("events", null, 2))
                    .extracting(Entry::id)
                    .containsExactlyElementsOf(ids.subList(0, 2));
            assertThat(history.before("events", "1", 100)).isEmpty();
            assertThat(history.before("nothing", null, 100)).isEmpty();

            Entry found = history.find("events", ids.get(4)).orElseThrow();
            assertThat(new String(found.payload(), UTF_8)).isEqualTo("m4");
            assertThat(found.headers()).containsEntry("number", 4).containsEntry("tags", List.of("a", "b"));
            assertThat(history.find("events", "1-1")).isEmpty();
        }
    }

    @Test
    void whatIsNoIdIsRefused() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            StreamHistory history = app.bean(StreamHistory.class);
            for (String id : new String[] {"", "x", "1-", "-1", "+", "$"}) {
                assertThatIllegalArgumentException().isThrownBy(() -> history.before("events", id, 1));
                assertThatIllegalArgumentException().isThrownBy(() -> history.find("events", id));
            }
        }
    }
}
