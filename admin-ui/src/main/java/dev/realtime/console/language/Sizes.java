package dev.realtime.console.language;

import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;

/** Formats numbers for a language. */
public final class Sizes {

    private static final double KILO = 1_000;
    private static final List<String> ENGLISH = List.of("B", "kB", "MB", "GB");
    private static final List<String> RUSSIAN = List.of("Б", "КБ", "МБ", "ГБ");

    private Sizes() {}

    /** {@code 12 345}. */
    public static String number(long value, Locale locale) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    /** Up to one fraction digit: {@code 0.4}, {@code 12}. */
    public static String decimal(double value, Locale locale) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(value < 10 ? 1 : 0);
        return format.format(value);
    }

    /** Bytes: {@code 64 kB}, {@code 1.5 MB}; in Russian {@code 64 КБ}, {@code 1,5 МБ}. */
    public static String bytes(long bytes, Locale locale) {
        List<String> units =
                Language.of(locale).filter(Language.RUSSIAN::equals).isPresent() ? RUSSIAN : ENGLISH;
        double size = bytes;
        int unit = 0;
        while (size >= KILO && unit < units.size() - 1) {
            size /= KILO;
            unit++;
        }
        return (unit == 0 ? number(bytes, locale) : decimal(size, locale)) + " " + units.get(unit);
    }
}
