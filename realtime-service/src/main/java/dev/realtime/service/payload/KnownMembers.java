package dev.realtime.service.payload;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The string and integer values of a payload's known members. Members that are absent, null, or of another type are not
 * in it.
 */
public final class KnownMembers {

    /** No members. */
    public static final KnownMembers NONE = new KnownMembers(Map.of(), Set.of());

    private final Map<String, String> texts;
    private final Set<String> integers;

    /**
     * Creates members, which are not copied.
     *
     * @param texts the values as text, by name
     * @param integers the names of those that are integers
     */
    KnownMembers(Map<String, String> texts, Set<String> integers) {
        this.texts = texts;
        this.integers = integers;
    }

    /** A member's value as text; null if there is none. */
    public @Nullable String text(String name) {
        return texts.get(name);
    }

    /** A member's value in its JSON type: a {@link String}, {@link Long} or {@link BigInteger}; null if there is none. */
    public @Nullable Object id(String name) {
        String text = texts.get(name);
        if (text == null || !integers.contains(name)) {
            return text;
        }
        // The longest number that always fits has 18 digits and a sign.
        return text.length() <= 18 ? (Object) Long.valueOf(text) : new BigInteger(text);
    }
}
