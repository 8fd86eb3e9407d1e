package dev.realtime.service.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchTextTest {

    @Test
    void textsAreComparedAsPeopleSearch() {
        assertThat(SearchText.contains("Артём  Ёлкин", SearchText.of("артем е")))
                .isTrue();
        assertThat(SearchText.contains("Артем\u00a0Елкин", SearchText.of(" АРТЁМ ё")))
                .isTrue();
        // With a diaeresis of its own.
        assertThat(SearchText.of("Оре\u0308л")).isEqualTo("орел");
        assertThat(SearchText.contains("Йод", SearchText.of("и"))).isFalse();
        assertThat(SearchText.contains(null, "")).isFalse();
    }
}
