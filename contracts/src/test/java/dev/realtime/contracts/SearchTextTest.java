package dev.realtime.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {

    @ParameterizedTest
    @CsvSource({
        "Артём Петров,артем",
        "Артем Петров,Артём",
        "ЁЛКА,ёлка",
        "Ёлка,елка",
        "city:Королёв,королев",
        "Irina,RIN",
        "aab,ab",
        "anything,''"
    })
    void findsTextsWithoutCaseAndWithYoAsYe(String where, String typed) {
        assertThat(SearchText.contains(where, SearchText.of(typed))).isTrue();
    }

    @Test
    void textsAreComparedAsPeopleSearch() {
        assertThat(SearchText.contains("Артём  Ёлкин", SearchText.of("артем е")))
                .isTrue();
        assertThat(SearchText.contains("Артем\u00a0Елкин", SearchText.of(" АРТЁМ ё")))
                .isTrue();
        // With a diaeresis of its own.
        assertThat(SearchText.of("Оре\u0308л")).isEqualTo("орел");
        assertThat(SearchText.contains("Оре\u0308л", SearchText.of("орел"))).isTrue();
        assertThat(SearchText.contains("Йод", SearchText.of("и"))).isFalse();
        assertThat(SearchText.contains(null, "")).isFalse();
    }

    @Test
    void doesNotFindOtherTexts() {
        assertThat(SearchText.contains("Артём", SearchText.of("артемий"))).isFalse();
        assertThat(SearchText.contains("", SearchText.of("а"))).isFalse();
    }
}
