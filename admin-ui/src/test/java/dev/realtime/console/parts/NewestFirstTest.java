package dev.realtime.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.admin.Slice;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A growing list, of which the newest page is read again and again. */
class NewestFirstTest {

    private final NewestFirst<String> list = new NewestFirst<>(Function.identity());

    @Test
    void keepsTheOlderOnesBehindTheNewestPage() {
        list.newest(new Slice<>(List.of("4", "3"), "3"));
        list.older(new Slice<>(List.of("2", "1"), null));
        list.newest(new Slice<>(List.of("5", "4"), "4"));
        assertThat(list.items()).containsExactly("5", "4", "3", "2", "1");
        assertThat(list.before()).isNull();
    }

    @Test
    void startsAgainWhenItDoesNotKnowWhatIsInBetween() {
        list.newest(new Slice<>(List.of("2", "1"), null));
        list.newest(new Slice<>(List.of("9", "8"), "8"));
        assertThat(list.items()).containsExactly("9", "8");
        assertThat(list.before()).isEqualTo("8");
    }

    @Test
    void forgetsWhatIsNotKeptAnyMore() {
        list.newest(new Slice<>(List.of("3", "2"), "2"));
        list.older(new Slice<>(List.of("1"), null));
        list.newest(new Slice<>(List.of("3"), null));
        assertThat(list.items()).containsExactly("3");
        list.newest(new Slice<>(List.of(), null));
        assertThat(list.items()).isEmpty();
    }
}
