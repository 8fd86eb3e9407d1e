package dev.realtime.console.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.console.language.Language;
import dev.realtime.contracts.admin.WhyReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every answer and every code has words in both languages. */
class WhyWordsTest {

    @ParameterizedTest
    @EnumSource
    void everyReasonHasWords(Language language) throws IOException {
        Set<String> keys = keys(language);
        assertThat(Arrays.stream(WhyReason.values()).map(WhyReason::wireName))
                .allMatch(name -> keys.contains("why.reason." + name) && keys.contains("why.socket." + name));
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeHasWordsAndNoWordsAreLeftOver(Language language) throws IOException {
        Set<String> codes = keys(language).stream()
                .filter(key -> key.startsWith("why.code."))
                .map(key -> key.substring("why.code.".length()))
                .collect(Collectors.toSet());
        assertThat(codes).isEqualTo(WhyWords.CODES);
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatWasWrittenOrConfirmedLooksFine(WhyReason reason) {
        assertThat(Verdict.of(reason) == Verdict.YES)
                .isEqualTo(reason == WhyReason.WRITTEN || reason == WhyReason.CONFIRMED);
    }

    private static Set<String> keys(Language language) throws IOException {
        Properties texts = new Properties();
        String file = "/i18n/why_" + language.locale().getLanguage() + ".properties";
        try (InputStream in = Objects.requireNonNull(WhyWordsTest.class.getResourceAsStream(file))) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return texts.stringPropertyNames();
    }
}
