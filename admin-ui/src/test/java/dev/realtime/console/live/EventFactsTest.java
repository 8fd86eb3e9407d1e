package dev.realtime.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EventFactsTest {

    @Test
    void keepsWhatPeopleWantToKnowAndTheEndOfTheNumberOnly() {
        Map<String, String> call = Map.of(
                "phoneClient", "+7 (912) 345-67-89",
                "operatorId", "17",
                "city", "Саратов",
                "status", "answered",
                "duration", "75");
        assertThat(EventFacts.of(call::get)).isEqualTo(new EventFacts("•••89", "17", "Саратов", "answered", 75));
    }

    @Test
    void takesTheStatusOfAnOrder() {
        assertThat(EventFacts.of(Map.of("statusOrder", "Новый")::get).status()).isEqualTo("Новый");
        assertThat(EventFacts.of(Map.of("oldStatus", "Новый", "newStatus", "Готово")::get)
                        .status())
                .isEqualTo("Готово");
    }

    @Test
    void anythingElseIsNothing() {
        assertThat(EventFacts.of(Map.of("phoneClient", "hidden", "duration", "long")::get))
                .isEqualTo(EventFacts.NONE);
    }
}
