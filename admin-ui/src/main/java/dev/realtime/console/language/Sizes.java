package dev.realtime.console.language;

import java.text.NumberFormat;
import java.util.Locale;

/** Formats numbers for a language. */
public final class Sizes {

    private static final double KILO = 1_000;

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

    /** Bytes: {@code 64 kB}, {@code 1.5 MB}. */
    public static String bytes(long bytes, Locale locale) {
        if (bytes < KILO) {
            return number(bytes, locale) + " B";
        }
        if (bytes < KILO * KILO) {
            return decimal(bytes / KILO, locale) + " kB";
        }
        if (bytes < KILO * KILO * KILO) {
            return decimal(bytes / KILO / KILO, locale) + " MB";
        }
        return decimal(bytes / KILO / KILO / KILO, locale) + " GB";
    }
}
