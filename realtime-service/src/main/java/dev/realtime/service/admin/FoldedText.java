package dev.realtime.service.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text in which digits, spaces, dashes, brackets and signs of every kind are ASCII, so that patterns can be short. */
final class FoldedText {

    /** What stands for invisible characters, and for the rest of what takes more than one. */
    private static final char INVISIBLE = '\u200B';

    /** What stands for other signs. */
    private static final char OTHER = '?';

    /**
     * Encoded signs of an address: those that may be part of a phone number ({@code <tab> <line break> space ( ) + - .
     * [ ]}), and others, of which the digits must not be taken for those of a number.
     */
    private static final Pattern ENCODED = Pattern.compile("%(?:(?<sign>09|0[AaDd]|20|2[89BbDdEe]|5[BbDd])|[Cc]2%[Aa]0"
            + "|(?<other>[CcDd][0-9A-Fa-f]%[89AaBb][0-9A-Fa-f]|2[2-7]|[0-9A-Fa-f][A-Fa-f]|[A-Fa-f][0-9A-Fa-f]))");

    private FoldedText() {}

    /** Whether a character of a folded text is a digit. */
    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Returns the folded text, which has the same length. */
    static String of(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            folded.append(fold(c));
            if (Character.charCount(c) == 2) {
                folded.append(INVISIBLE);
            }
        });
        if (text.indexOf('%') >= 0) {
            decode(folded);
        }
        return folded.toString();
    }

    /** Replaces each encoded sign by the sign and invisible characters. */
    private static void decode(StringBuilder folded) {
        Matcher encoded = ENCODED.matcher(folded.toString());
        while (encoded.find()) {
            String sign = encoded.group("sign");
            char folds = sign == null ? ' ' : fold(Integer.parseInt(sign, 16));
            folded.setCharAt(encoded.start(), encoded.group("other") == null ? folds : OTHER);
            for (int i = encoded.start() + 1; i < encoded.end(); i++) {
                folded.setCharAt(i, INVISIBLE);
            }
        }
    }

    private static char fold(int c) {
        if (c < 0x80) {
            return c == '\t' || c == '\n' || c == '\r' ? ' ' : (char) c;
        }
        if (Character.isDigit(c)) {
            return (char) ('0' + Character.digit(c, 10));
        }
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION -> '-';
            case Character.FORMAT -> INVISIBLE;
            default ->
                switch (c) {
                    case '\u2212' -> '-';
                    case '\uFF0B', '\uFE62' -> '+';
                    case '\uFF08' -> '(';
                    case '\uFF09' -> ')';
                    case '\uFF0E' -> '.';
                    default -> Character.isBmpCodePoint(c) ? (char) c : OTHER;
                };
        };
    }
}
