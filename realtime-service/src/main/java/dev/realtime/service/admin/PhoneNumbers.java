package dev.realtime.service.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds phone numbers in text and hides all digits but the last two, so that two numbers can still be told apart.
 *
 * <p>Spaces of any kind, line breaks, dashes, dots, brackets and invisible characters may stand between the digits of a
 * phone number; in addresses of pages they may be encoded ({@code %20}, {@code %2B}, {@code +}). A phone number is one of:
 *
 * <ul>
 *   <li>{@code +}, {@code 00} or {@code 810}, followed by 9 to 15 digits;
 *   <li>7 or 8 and ten digits, the three of the area code together: {@code 8 (912) 345 - 67 - 89};
 *   <li>the code of a neighbouring country (375, 380, 99x, …) and as many digits as that country's numbers have;
 *   <li>ten digits that begin with 3, 4, 8 or 9, together or as 3-3-2-2, 3-3-4 or 3-7; {@code (0..)} and seven digits.
 * </ul>
 *
 * <p>These are not phone numbers: digits within a longer run of digits, a word of Latin letters or an id with dashes;
 * UUIDs; times by ISO 8601; decimals such as coordinates; amounts before a currency; what follows {@code №} or {@code
 * #}; ids in names of rooms. Digits of every script count. An extension is hidden completely.
 */
final class PhoneNumbers {

    private static final char HIDDEN = '•';
    private static final int KEPT = 2;
    private static final int FEWEST_DIGITS = 9;

    /** The shortest numbers are those of offices, such as 12-345. */
    private static final int FEWEST_TYPED = 5;

    private static final int MOST_TYPED = 15;

    /** A digit; {@link FoldedText} makes the second half of a digit beyond the BMP invisible. */
    private static final String D = "\\d\u200B?+";

    /** What may stand between two digits; bounded, so that matching takes time linear in the text. */
    private static final String GAP = "(?:\u200B{0,6}[ ().\\[\\]-]){0,4}+\u200B{0,6}+";

    /** The same within a number without a country's {@code +}, which there stands for a space. */
    private static final String HOME_GAP = "(?:\u200B{0,6}[ ().\\[\\]+-]){0,4}+\u200B{0,6}+";

    private static final Pattern NUMBER = Pattern.compile(String.join(
            "",
            "(?:(?<![A-Za-z_\\d])(?<!\\d\u200B)|(?<=(?i:tel|phone|app|mob)))",
            "(?<!\\d\\.)(?<![№#$€£] {0,2})(?<!(?:user|operator|order):)",
            "(?<main>",
            // With a country code.
            "\\+",
            GAP,
            "[1-9]\u200B?+(?:",
            GAP,
            D,
            "){8,14}",
            "|(?:00|8",
            GAP,
            "10)",
            GAP,
            "[1-9]\u200B?+(?:",
            GAP,
            D,
            "){9,13}",
            "|(?:375|99[24568]|38",
            GAP,
            "0)(?:",
            GAP,
            D,
            "){9}",
            "|(?:37[34]|993)(?:",
            GAP,
            D,
            "){8}",
            // As dialled within the country.
            "|[78]\u200B?+",
            HOME_GAP,
            "[3-9]\u200B?+(?:",
            D,
            "){2}(?:",
            HOME_GAP,
            D,
            "){7}",
            "|\\(0\\d\\d\\)(?:",
            HOME_GAP,
            D,
            "){7}",
            "|\\(?[3489]\u200B?+(?:",
            D,
            "){2}",
            HOME_GAP,
            "(?:(?:",
            D,
            "){3}",
            HOME_GAP,
            "(?:",
            D,
            "){2}",
            HOME_GAP,
            "(?:",
            D,
            "){2}",
            "|(?:",
            D,
            "){3}",
            HOME_GAP,
            "(?:",
            D,
            "){4}|(?:",
            D,
            "){7})",
            ")(?!\\d)",
            "(?<extension>[,;]? {0,3}(?i:доб(?:авочный)?|вн(?:утр(?:енний)?)?|ext(?:ension)?|x|#)[.:]? {0,3}\\d{1,6}(?!\\d))?",
            // Not followed by the rest of an id, a decimal or an amount.
            "(?![A-Za-z_])(?![.,]\\d{1,2}(?!",
            GAP,
            "\\d))",
            "(?! {0,2}(?i:[₽€$£%]|руб|р\\.|коп|тыс|млн|млрд|(?:rub|usd|eur)\\b))"));

    /** What has as many digits but is not a phone number: UUIDs, times, decimals. */
    private static final Pattern OTHER = Pattern.compile("(?i)\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b"
            + "|(?<!\\d)(?:19|20)\\d\\d-(?:0\\d|1[0-2])-[0-3]\\d(?!\\d)"
            + "(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?)?(?:[+-]\\d\\d:?\\d\\d)?"
            + "|(?<![\\d.+])(?<![)\\d] )\\d{1,3}\\.\\d{4,20}(?![\\d.])"
            + "|[+]\\d{1,3}\\.\\d{4,8}(?![\\d.])");

    /** The country's own code. */
    private static final String HOME = "7";

    /** The digits of a number that is dialled abroad: 00 or 810, and the code of a country. */
    private static final Pattern ABROAD = Pattern.compile("00[1-9]\\d{8,13}|810[1-9]\\d{9,13}");

    private static final Pattern DIALLED_AT_HOME = Pattern.compile("[78][3-9]\\d{9}");
    private static final Pattern WITHOUT_CODE = Pattern.compile("[3489]\\d{9}");

    private static final Pattern BARE = Pattern.compile("\\d+");

    /** A range of digits to hide. */
    private record Range(int from, int to, int kept) {}

    private PhoneNumbers() {}

    /** Returns the text with its phone numbers hidden; the same object when it contains none. */
    static String hide(String text) {
        List<Range> ranges = ranges(text);
        if (ranges.isEmpty()) {
            return text;
        }
        StringBuilder hidden = new StringBuilder(text);
        String folded = FoldedText.of(text);
        ranges.reversed().forEach(range -> hide(hidden, folded, range));
        return hidden.toString();
    }

    /** Whether a text contains a phone number, in any form, whose {@link #key} is this one. */
    static boolean mentions(String text, String key) {
        if (text.codePoints().noneMatch(Character::isLetter) && keyOf(text).equals(key)) {
            return true;
        }
        return ranges(text).stream()
                .filter(range -> range.kept == KEPT)
                .anyMatch(range -> keyOf(text.substring(range.from, range.to)).equals(key));
    }

    /**
     * The digits of the one phone number that somebody typed, the same for every form of it: with the country's code,
     * without what is only dialled before it, and without an extension.
     *
     * @return null if the text is not one whole phone number of {@value #FEWEST_TYPED} to {@value #MOST_TYPED} digits
     */
    static @Nullable String key(String typed) {
        List<Range> mains =
                ranges(typed).stream().filter(range -> range.kept == KEPT).toList();
        String number = mains.size() == 1 ? typed.substring(mains.getFirst().from, mains.getFirst().to) : typed;
        if (mains.isEmpty() && number.codePoints().anyMatch(Character::isLetter)) {
            return null;
        }
        String key = keyOf(number);
        return key.length() >= FEWEST_TYPED && key.length() <= MOST_TYPED ? key : null;
    }

    private static String keyOf(String number) {
        String digits = digits(number);
        if (FoldedText.of(number).strip().startsWith("+")) {
            return digits;
        }
        if (ABROAD.matcher(digits).matches()) {
            return digits.substring(digits.startsWith("00") ? 2 : 3);
        }
        if (DIALLED_AT_HOME.matcher(digits).matches()) {
            return HOME + digits.substring(1);
        }
        return WITHOUT_CODE.matcher(digits).matches() ? HOME + digits : digits;
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        FoldedText.of(text).chars().filter(FoldedText::isDigit).forEach(c -> digits.append((char) c));
        return digits.toString();
    }

    /** Where the phone numbers and their extensions are, in order. */
    private static List<Range> ranges(String text) {
        if (text.codePoints().filter(Character::isDigit).limit(FEWEST_DIGITS).count() < FEWEST_DIGITS) {
            return List.of();
        }
        String folded = FoldedText.of(text);
        if (!NUMBER.matcher(folded).find()) {
            return List.of();
        }
        folded = OTHER.matcher(folded)
                .replaceAll(other -> "\0".repeat(other.group().length()));
        List<Range> ranges = new ArrayList<>();
        Matcher number = NUMBER.matcher(folded);
        while (number.find()) {
            if (!endsId(folded, number)) {
                ranges.add(new Range(number.start("main"), number.end("main"), KEPT));
                if (number.start("extension") >= 0) {
                    ranges.add(new Range(number.end("main"), number.end("extension"), 0));
                }
            }
        }
        return ranges;
    }

    /** Whether a text is digits alone; only its place can tell whether that is a phone number. */
    static boolean isBare(String text) {
        return !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
    }

    /** Hides all letters and digits but the last two digits, for a value that is a phone number by its place. */
    static String hideAll(String text) {
        StringBuilder hidden = new StringBuilder(text);
        int kept = KEPT;
        for (int i = text.length(); i > 0; ) {
            int c = text.codePointBefore(i);
            int start = i - Character.charCount(c);
            if (Character.isDigit(c) && kept > 0) {
                kept--;
            } else if (Character.isLetterOrDigit(c)) {
                hidden.replace(start, i, String.valueOf(HIDDEN));
            }
            i = start;
        }
        return hidden.toString();
    }

    /** Hides the digits of a range; those of an encoded sign are none. */
    private static void hide(StringBuilder text, String folded, Range range) {
        int kept = range.kept;
        for (int i = range.to; i > range.from; ) {
            int start = i - Character.charCount(text.codePointBefore(i));
            boolean digit = FoldedText.isDigit(folded.charAt(start));
            if (digit && kept > 0) {
                kept--;
            } else if (digit) {
                text.replace(start, i, String.valueOf(HIDDEN));
            }
            i = start;
        }
    }

    /** Whether unbroken digits follow other digits and a dash, as at the end of an id. */
    private static boolean endsId(String text, Matcher number) {
        int start = number.start("main");
        return start > 1
                && text.charAt(start - 1) == '-'
                && Character.isDigit(text.charAt(start - 2))
                && BARE.matcher(number.group("main")).matches();
    }
}
