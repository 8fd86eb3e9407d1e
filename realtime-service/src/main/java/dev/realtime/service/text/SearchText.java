package dev.realtime.service.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares texts as people search: without case, {@code ё} as {@code е}, and any number of spaces as one. */
public final class SearchText {

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    private SearchText() {}

    /** The text as it is compared with others. */
    public static String of(String text) {
        // Composed first: "е" with a separate diaeresis is the same letter "ё".
        String lower = Normalizer.normalize(text, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replace('ё', 'е');
        return SPACES.matcher(lower).replaceAll(" ").strip();
    }

    /**
     * Whether a text contains another one.
     *
     * @param part what {@link #of} returned for the wanted text
     */
    public static boolean contains(@Nullable String text, String part) {
        return text != null && of(text).contains(part);
    }
}
