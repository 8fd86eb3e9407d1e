package dev.realtime.service.admin;

import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Takes phone numbers out of a payload: whatever stands in a member whose name has {@code phone} in it, and every text that
 * looks like a number to call. The last two digits stay, so that two numbers can be told apart.
 */
final class PhoneMask {

    /** With its country, or as it is dialled in Russia; dates, amounts and times are none. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\d.,-])(?:\\+\\d|[78])(?:[ ()\\-]{0,2}\\d){9,12}(?![\\d.,]\\d)");

    private static final int KEPT = 2;

    private PhoneMask() {}

    /** A masked copy. */
    static JsonNode mask(JsonNode payload) {
        return mask(payload, false);
    }

    private static JsonNode mask(JsonNode node, boolean phone) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = object.objectNode();
                object.properties()
                        .forEach(member ->
                                copy.set(member.getKey(), mask(member.getValue(), phone || isPhone(member.getKey()))));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = array.arrayNode();
                array.forEach(item -> copy.add(mask(item, phone)));
                yield copy;
            }
            default -> {
                if (!node.isString() && !(phone && node.isIntegralNumber())) {
                    yield node;
                }
                String text = node.asString();
                String masked = phone ? hide(text) : NUMBER.matcher(text).replaceAll(found -> hide(found.group()));
                yield masked.equals(text) ? node : StringNode.valueOf(masked);
            }
        };
    }

    private static boolean isPhone(String name) {
        return name.toLowerCase(Locale.ROOT).contains("phone");
    }

    private static String hide(String number) {
        int digits = (int) number.chars().filter(Character::isDigit).count();
        StringBuilder masked = new StringBuilder();
        int seen = 0;
        for (char c : number.toCharArray()) {
            boolean hidden = Character.isLetterOrDigit(c) && (!Character.isDigit(c) || ++seen <= digits - KEPT);
            masked.append(hidden ? '•' : c);
        }
        return masked.toString();
    }
}
