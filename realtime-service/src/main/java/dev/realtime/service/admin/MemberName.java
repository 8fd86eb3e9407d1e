package dev.realtime.service.admin;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name of a JSON member says about the digits in its value. */
enum MemberName {
    /** The whole value is a phone number. */
    PHONE,
    /**
     * Digits alone are an id, a time, an amount, a coordinate, or a number that a state or a bank has given to a
     * person.
     */
    OTHER,
    /** The name says nothing. */
    PLAIN;

    private static final List<String> PHONE_PARTS = List.of("phone", "msisdn", "whatsapp", "телефон");
    private static final Set<String> PHONE_WORDS = Set.of("tel", "mobile", "cell", "fax", "тел", "моб");
    private static final Set<String> OTHER_WORDS = Set.of(
            ("id ids uuid guid key hash code version epoch seq sequence offset position at time timestamp ts date millis ms until"
                            + " sum amount total price cost fee balance salary discount count size bytes length duration"
                            + " lat lon lng latitude longitude coords coordinates inn kpp ogrn ogrnip snils bik account iban card"
                            + " passport barcode sku сумма цена инн снилс счет дата время")
                    .split(" "));

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^\\p{L}\\p{Nd}]+|(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    /** Judges a name by its words; the last word decides: {@code orderId}, {@code created_at}, {@code client-tel}. */
    static MemberName of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (PHONE_PARTS.stream().anyMatch(lower::contains)) {
            return PHONE;
        }
        String last = "";
        for (String word : BETWEEN_WORDS.split(name)) {
            last = word.toLowerCase(Locale.ROOT);
            if (PHONE_WORDS.contains(last)) {
                return PHONE;
            }
        }
        return OTHER_WORDS.contains(last) ? OTHER : PLAIN;
    }
}
