package dev.realtime.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.admin.Slice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortPagesTest {

    private final List<String> asked = new ArrayList<>();

    /** Has matches before place 3. */
    private Slice<String> ask(String place) {
        asked.add(place);
        int at = place.isEmpty() ? 5 : Integer.parseInt(place);
        return new Slice<>(at <= 3 ? List.of("found") : List.of(), at == 0 ? null : String.valueOf(at - 1));
    }

    @Test
    void continuesUntilThereIsAMatch() {
        Slice<String> page = ShortPages.first("", this::ask);
        assertThat(page.items()).containsExactly("found");
        assertThat(page.before()).isEqualTo("2");
        assertThat(asked).containsExactly("", "4", "3");
    }

    @Test
    void aPageWithAMatchIsEnough() {
        assertThat(ShortPages.first("2", this::ask).before()).isEqualTo("1");
        assertThat(asked).hasSize(1);
    }

    @Test
    void stopsAtTheEndAndAfterTheMostPages() {
        assertThat(ShortPages.first("", place -> new Slice<String>(List.of(), null))
                        .before())
                .isNull();
        Slice<String> page = ShortPages.first("", place -> {
            asked.add(place);
            return new Slice<>(List.of(), "on");
        });
        assertThat(asked).hasSize(ShortPages.MOST);
        assertThat(page.before()).isEqualTo("on");
    }
}
