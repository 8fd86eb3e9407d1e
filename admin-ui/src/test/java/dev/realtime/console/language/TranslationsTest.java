package dev.realtime.console.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both languages have all texts of the console. */
class TranslationsTest {

    private static final Pattern USED = Pattern.compile("getTranslation\\(\\s*\"([^\"]+)\"\\s*([,)+])");
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\d+)");
    private static final Pattern SENTENCE = Pattern.compile("[a-z]{2,} [a-z]{2,}");
    private static final Pattern CYRILLIC = Pattern.compile("\\p{IsCyrillic}");

    /** Texts that are the same in both languages or have no Cyrillic letters: names and signs. */
    private static final Set<String> NEUTRAL =
            Set.of("frame.name", "frame.redis", "overview.none", "outcome.instance", "audit.id", "events.id");

    private final Map<String, String> russian = new Translations().all(Language.RUSSIAN);
    private final Map<String, String> english = new Translations().all(Language.ENGLISH);

    @Test
    void bothHaveTheSameTexts() {
        assertThat(new TreeSet<>(russian.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
    }

    @Test
    void bothHaveTheSameParameters() {
        english.forEach((key, text) ->
                assertThat(parameters(russian.getOrDefault(key, ""))).as(key).isEqualTo(parameters(text)));
    }

    private static Set<String> parameters(String text) {
        return PARAMETER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(java.util.stream.Collectors.toSet());
    }

    /** In a text with parameters, a single apostrophe would hide the text behind it. */
    @Test
    void apostrophesDoNotHideParameters() {
        assertThat(Stream.of(russian, english)
                        .flatMap(texts -> texts.entrySet().stream())
                        .filter(text -> !parameters(text.getValue()).isEmpty())
                        .filter(text -> text.getValue().replace("''", "").contains("'")))
                .isEmpty();
    }

    @Test
    void russianIsRussian() {
        Set<String> foreign = new TreeSet<>();
        russian.forEach((key, text) -> {
            boolean neutral = NEUTRAL.contains(key);
            boolean same = text.equals(english.get(key));
            if (!neutral
                    && (same
                            || !CYRILLIC.matcher(text).find()
                            || SENTENCE.matcher(text).find())) {
                foreign.add(key);
            }
        });
        assertThat(foreign).isEmpty();
    }

    @Test
    void englishIsEnglish() {
        // Room names are Russian in both languages.
        assertThat(english.entrySet().stream()
                        .filter(text -> CYRILLIC.matcher(text.getValue().replace("city:Саратов", ""))
                                .find()))
                .isEmpty();
    }

    @Test
    void allUsedKeysExist() throws IOException {
        Set<String> missing = new TreeSet<>();
        int used = 0;
        for (Path source : sources()) {
            Matcher found = USED.matcher(Files.readString(source));
            while (found.find()) {
                used++;
                String key = found.group(1);
                boolean begins = found.group(2).equals("+");
                boolean there = begins
                        ? english.keySet().stream().anyMatch(each -> each.startsWith(key))
                        : english.containsKey(key);
                if (!there) {
                    missing.add(key + " in " + source.getFileName());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(used).isGreaterThan(50);
    }

    @Test
    void allKeysAreUsed() throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path source : sources()) {
            code.append(Files.readString(source));
        }
        Set<String> begun = Pattern.compile("\"([a-z.]+[.-])\"")
                .matcher(code)
                .results()
                .map(found -> found.group(1))
                .collect(java.util.stream.Collectors.toSet());
        assertThat(english.keySet())
                .allMatch(key ->
                        code.indexOf('"' + key + '"') >= 0 || begun.stream().anyMatch(key::startsWith));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
