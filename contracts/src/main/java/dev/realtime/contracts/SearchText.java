package dev.realtime.contracts;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares texts as people search: without case, {@code ё} as {@code е}, and any number of spaces as one. */
public final class SearchText {

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern ODD_SPACES = Pattern.compile("[\\s\\p{Z}&&[^ ]]|  ");

    private SearchText() {}

    /** The text as it is compared with others. */
    public static String of(String text) {
        // Composed first: "е" with a separate diaeresis is the same letter "ё".
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder folded = new StringBuilder(composed.length());
        for (int i = 0; i < composed.length(); i++) {
            folded.append(fold(composed.charAt(i)));
        }
        return SPACES.matcher(folded).replaceAll(" ").strip();
    }

    /**
     * Whether a text contains another one. Copies only texts with odd spaces or separate accents, since it runs for
     * every text of long lists.
     *
     * @param part what {@link #of} returned for the wanted text
     */
    public static boolean contains(@Nullable String text, String part) {
        if (text == null) {
            return false;
        }
        boolean plain = Normalizer.isNormalized(text, Normalizer.Form.NFC)
                && !ODD_SPACES.matcher(text).find();
        String where = plain ? text : of(text);
        for (int begin = 0; begin <= where.length() - part.length(); begin++) {
            int same = 0;
            while (same < part.length() && fold(where.charAt(begin + same)) == part.charAt(same)) {
                same++;
            }
            if (same == part.length()) {
                return true;
            }
        }
        return false;
    }

    private static char fold(char c) {
        char lower = Character.toLowerCase(c);
        return lower == 'ё' ? 'е' : lower;
    }
}
