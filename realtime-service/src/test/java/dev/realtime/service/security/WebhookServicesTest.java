package dev.realtime.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.service.security.WebhookProperties.ServiceKeys;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WebhookServicesTest {

    private static final String SHARED = "the-token-of-everybody";
    private static final String CALLS = "token-of-the-calls-service";

    private static WebhookServices services(List<String> events, @Nullable Integer rate, @Nullable Integer burst) {
        return new WebhookServices(
                new WebhookProperties(SHARED, Map.of("calls", new ServiceKeys(List.of(CALLS), events, rate, burst))));
    }

    private static WebhookService calls(WebhookServices services) {
        return Objects.requireNonNull(services.find(CALLS));
    }

    /** How many events may come at once, up to a thousand. */
    private static int burst(WebhookService service) {
        int taken = 0;
        while (taken < 1_000 && service.take()) {
            taken++;
        }
        return taken;
    }

    @Test
    void aTokenIsComparedToTheLastCharacter() {
        WebhookServices services = services(List.of(), null, null);
        assertThat(services.find(SHARED)).hasToString("default");
        for (String almost : List.of(SHARED + " ", SHARED.toUpperCase(Locale.ROOT), SHARED.substring(1), "")) {
            assertThat(services.find(almost)).as(almost).isNull();
        }
    }

    @Test
    void aServiceWithoutEventsOfItsOwnMayPostThemAll() {
        WebhookService calls = calls(services(List.of(), null, null));
        assertThat(BroadcastEvent.values()).allMatch(calls::mayPost);
    }

    @Test
    void aServiceWithoutARateIsNeverTooFast() {
        assertThat(burst(calls(services(List.of(), null, null)))).isEqualTo(1_000);
    }

    @Test
    void theSharedTokenHasNoRateWhateverOthersHave() {
        assertThat(burst(Objects.requireNonNull(services(List.of(), 1, 1).find(SHARED))))
                .isEqualTo(1_000);
    }

    /** At one event a second nothing is earned while the test runs, or it took a second. */
    @Test
    void withoutABurstItIsTwiceTheRate() {
        WebhookService calls = calls(services(List.of(), 1, null));
        assertThat(calls.take()).isTrue();
        assertThat(calls.take()).isTrue();
        assertThat(burst(calls)).isLessThan(1_000);
    }

    @Test
    void aServicesNameIsAllThatItShowsOfItself() {
        WebhookServices services = services(List.of(), null, null);
        assertThat(services.all()).extracting(String::valueOf).containsExactlyInAnyOrder("default", "calls");
    }
}
