package dev.realtime.service.admin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Masks phone numbers in JSON. Only the strings, numbers and member names that contain a phone number are rewritten;
 * all other bytes stay as they are, and the result is valid JSON.
 *
 * <p>The mask hides the values of members whose names say that they are phone numbers ({@link MemberName#PHONE}), and
 * every number that {@link PhoneNumbers} finds in strings, in whole numbers and in member names. Digits alone, quoted
 * or not, stay in members whose names say that they are something else ({@link MemberName#OTHER}): ids, times, amounts,
 * coordinates.
 */
final class PhoneMask {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** An open object or array, what its own name says about its values, and the member names written in it so far. */
    private record Open(boolean object, MemberName kind, Set<String> names) {}

    private final byte[] json;
    private final ByteArrayOutputStream masked;
    private final Deque<Open> open = new ArrayDeque<>();
    private MemberName name = MemberName.PLAIN;
    private int copied;
    private int at;

    private PhoneMask(byte[] json) {
        this.json = json;
        this.masked = new ByteArrayOutputStream(json.length);
    }

    /**
     * Masks JSON.
     *
     * @param json valid JSON
     * @return the same array when there is nothing to hide
     */
    static byte[] mask(byte[] json) {
        PhoneMask mask = new PhoneMask(json);
        mask.run();
        return mask.copied == 0 ? json : mask.rest();
    }

    private byte[] rest() {
        masked.write(json, copied, json.length - copied);
        return masked.toByteArray();
    }

    private void run() {
        while (at < json.length) {
            byte c = json[at];
            switch (c) {
                case '{', '[' -> {
                    open.push(new Open(c == '{', kind(), new HashSet<>()));
                    name = MemberName.PLAIN;
                    at++;
                }
                case '}', ']' -> {
                    open.poll();
                    name = MemberName.PLAIN;
                    at++;
                }
                case ',' -> {
                    name = MemberName.PLAIN;
                    at++;
                }
                case '"' -> string();
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
                default -> at++;
            }
        }
    }

    /** What a value here is: by its own name, or by the name of an enclosing object or array. */
    private MemberName kind() {
        Open around = open.peek();
        if (around == null || around.kind == MemberName.PHONE) {
            return around == null ? name : MemberName.PHONE;
        }
        return around.object ? name : around.kind;
    }

    private void string() {
        int start = at;
        boolean escaped = false;
        for (at++; at < json.length && json[at] != '"'; at++) {
            if (json[at] == '\\') {
                escaped = true;
                at++;
            }
        }
        at = Math.min(at + 1, json.length);
        String text = escaped
                ? JSON.readValue(json, start, at - start, String.class)
                : new String(json, start + 1, Math.max(0, at - start - 2), StandardCharsets.UTF_8);
        Open around = open.peek();
        if (around != null && around.object && isName()) {
            name(start, text, around);
        } else {
            replace(start, text, value(text));
        }
    }

    private void name(int start, String text, Open around) {
        name = MemberName.of(text);
        String hidden = PhoneNumbers.hide(text);
        // Two numbers may look the same once they are masked, but member names must stay unique within an object.
        String unique = hidden;
        for (int i = 2; !around.names.add(unique) && !hidden.equals(text); i++) {
            unique = hidden + " (" + i + ")";
        }
        replace(start, text, unique);
    }

    private void number() {
        int start = at;
        boolean whole = true;
        while (at < json.length && "+-.0123456789Ee".indexOf(json[at]) >= 0) {
            whole &= json[at] >= '0' && json[at] <= '9';
            at++;
        }
        if (whole) {
            String text = new String(json, start, at - start, StandardCharsets.US_ASCII);
            replace(start, text, value(text));
        }
    }

    private String value(String text) {
        return switch (kind()) {
            case PHONE -> PhoneNumbers.hideAll(text);
            case OTHER -> PhoneNumbers.isBare(text) ? text : PhoneNumbers.hide(text);
            case PLAIN -> PhoneNumbers.hide(text);
        };
    }

    /** A masked number becomes a string, even where the value was a JSON number. */
    private void replace(int start, String text, String hidden) {
        if (!hidden.equals(text)) {
            masked.write(json, copied, start - copied);
            masked.writeBytes(JSON.writeValueAsBytes(hidden));
            copied = at;
        }
    }

    private boolean isName() {
        for (int i = at; i < json.length; i++) {
            if (json[i] > ' ') {
                return json[i] == ':';
            }
        }
        return false;
    }
}
