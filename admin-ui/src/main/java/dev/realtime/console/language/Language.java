package dev.realtime.console.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The console's languages. */
public enum Language {
    RUSSIAN("ru", "Русский"),
    ENGLISH("en", "English");

    private final Locale locale;
    private final String ownName;

    Language(String tag, String ownName) {
        this.locale = Locale.forLanguageTag(tag);
        this.ownName = ownName;
    }

    public Locale locale() {
        return locale;
    }

    /** The language's own name. */
    public String ownName() {
        return ownName;
    }

    /** The language of a tag such as {@code ru} or {@code en-GB}; empty if the console does not support it. */
    public static Optional<Language> of(Locale locale) {
        return Arrays.stream(values())
                .filter(each -> each.locale.getLanguage().equals(locale.getLanguage()))
                .findFirst();
    }

    static List<Locale> locales() {
        return Arrays.stream(values()).map(Language::locale).toList();
    }
}
