package dev.realtime.console.language;

import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user's language and colours, stored in two cookies for a year. Without cookies: the browser's languages, then
 * English; and the system's colours.
 */
public final class Preferences {

    private static final String LANGUAGE = "console_language";
    private static final String COLOURS = "console_colours";
    private static final int YEAR = (int) Duration.ofDays(365).toSeconds();

    private Preferences() {}

    public static Language language(VaadinRequest request) {
        return cookie(request, LANGUAGE)
                .flatMap(tag -> Language.of(Locale.forLanguageTag(tag)))
                .or(() -> Collections.list(request.getLocales()).stream()
                        .flatMap(locale -> Language.of(locale).stream())
                        .findFirst())
                .orElse(Language.ENGLISH);
    }

    /** Dark, light, or both for the system's setting. */
    public static ColorScheme.Value colours(VaadinRequest request) {
        return switch (cookie(request, COLOURS).orElse("")) {
            case "dark" -> ColorScheme.Value.DARK;
            case "light" -> ColorScheme.Value.LIGHT;
            default -> ColorScheme.Value.LIGHT_DARK;
        };
    }

    public static void keep(Language language, @Nullable VaadinResponse response) {
        keep(LANGUAGE, language.locale().toLanguageTag(), response);
    }

    public static void keep(ColorScheme.Value colours, @Nullable VaadinResponse response) {
        keep(COLOURS, colours == ColorScheme.Value.DARK ? "dark" : "light", response);
    }

    private static void keep(String name, String value, @Nullable VaadinResponse response) {
        if (response != null) {
            Cookie cookie = new Cookie(name, value);
            cookie.setPath("/");
            cookie.setMaxAge(YEAR);
            cookie.setHttpOnly(true);
            cookie.setAttribute("SameSite", "Lax");
            response.addCookie(cookie);
        }
    }

    private static Optional<String> cookie(VaadinRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }
}
