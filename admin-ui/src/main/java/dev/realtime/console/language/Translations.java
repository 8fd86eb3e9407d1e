package dev.realtime.console.language;

import com.ibm.icu.text.MessageFormat;
import com.vaadin.flow.i18n.I18NProvider;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The console's texts: the files {@code i18n/{area}_{language}.properties} in UTF-8, one for each area and language. A
 * text that is given parameters is a {@link MessageFormat} of ICU, which knows the plurals of languages; any other is
 * used as it is.
 */
@Component
public final class Translations implements I18NProvider {

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(Translations.class);

    private final Map<String, Map<String, String>> texts = new HashMap<>();

    Translations() {
        for (Locale locale : Language.locales()) {
            texts.put(locale.getLanguage(), read(locale.getLanguage()));
        }
    }

    private static Map<String, String> read(String language) {
        Map<String, String> words = new HashMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:i18n/*_" + language + ".properties")) {
                Properties properties = new Properties();
                try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                properties.forEach((key, text) -> {
                    if (words.put(key.toString(), text.toString()) != null) {
                        throw new IllegalStateException(key + " is defined twice; the second time in " + file);
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(words);
    }

    /** All texts of a language, by key. */
    public Map<String, String> all(Language language) {
        return texts.getOrDefault(language.locale().getLanguage(), Map.of());
    }

    @Override
    public List<Locale> getProvidedLocales() {
        return Language.locales();
    }

    @Override
    public String getTranslation(String key, Locale locale, Object... params) {
        Language language = Language.of(locale).orElse(Language.ENGLISH);
        String text = all(language).get(key);
        if (text == null) {
            log.warn("Missing text {} in {}", key, language.ownName());
            return key;
        }
        return params.length == 0 ? text : new MessageFormat(text, language.locale()).format(params);
    }
}
