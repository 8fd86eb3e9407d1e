package dev.realtime.stream.binder.redis.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes headers as JSON and keeps their types.
 *
 * <p>String, Boolean, Integer, Double, lists and maps with String keys are plain JSON. Types that JSON cannot
 * distinguish are {@code {"@type": "long", "value": "42"}}, with the types long, short, byte, float, bigint, decimal,
 * bytes (base64), uuid, instant, and map (for a map that has a key {@code @type} itself). Decoding is lenient: an
 * integral number beyond 32 bits is a Long. MIME types, enums and other character sequences become String; values of
 * any other type are dropped.
 */
final class HeaderCodec {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TYPE = "@type";
    private static final String VALUE = "value";

    /** Deeper nesting is a mistake, most likely a cycle. */
    private static final int MAX_DEPTH = 16;

    private HeaderCodec() {}

    /** Encodes the headers whose name matches; {@code null} if there are none. */
    static byte @Nullable [] encode(Map<String, ? extends @Nullable Object> headers, Predicate<String> names) {
        Map<String, Object> typed = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (names.test(name)) {
                Object encoded = encode(value, 0);
                if (encoded != null) {
                    typed.put(name, encoded);
                }
            }
        });
        return typed.isEmpty() ? null : JSON.writeValueAsBytes(typed);
    }

    static Map<String, Object> decode(byte[] json) {
        Map<?, ?> typed = JSON.readValue(json, Map.class);
        return decodeMap(typed);
    }

    private static @Nullable Object encode(@Nullable Object value, int depth) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Integer number -> number;
            case Double number -> Double.isFinite(number) ? number : typed("double", number.toString());
            case Long number -> typed("long", number.toString());
            case Short number -> typed("short", number.toString());
            case Byte number -> typed("byte", number.toString());
            case Float number -> typed("float", number.toString());
            case BigInteger number -> typed("bigint", number.toString());
            case BigDecimal number -> typed("decimal", number.toString());
            case byte[] bytes -> typed("bytes", Base64.getEncoder().encodeToString(bytes));
            case UUID uuid -> typed("uuid", uuid.toString());
            case Instant instant -> typed("instant", instant.toString());
            case MimeType type -> type.toString();
            case Enum<?> constant -> constant.name();
            case CharSequence text -> text.toString();
            case Collection<?> elements when depth < MAX_DEPTH -> encodeList(elements, depth);
            case Map<?, ?> map when depth < MAX_DEPTH -> encodeMap(map, depth);
            default -> null;
        };
    }

    private static List<Object> encodeList(Collection<?> elements, int depth) {
        List<Object> list = new ArrayList<>(elements.size());
        for (Object element : elements) {
            Object encoded = encode(element, depth + 1);
            if (encoded != null) {
                list.add(encoded);
            }
        }
        return list;
    }

    private static Map<String, Object> encodeMap(Map<?, ?> map, int depth) {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, element) -> {
            Object encoded = encode(element, depth + 1);
            if (key instanceof String name && encoded != null) {
                plain.put(name, encoded);
            }
        });
        return plain.containsKey(TYPE) ? typed("map", plain) : plain;
    }

    private static Map<String, Object> typed(String type, Object value) {
        return Map.of(TYPE, type, VALUE, value);
    }

    private static Map<String, Object> decodeMap(Map<?, ?> typed) {
        Map<String, Object> plain = new LinkedHashMap<>();
        typed.forEach((name, value) -> {
            Object decoded = decode(value);
            if (decoded != null) {
                plain.put((String) name, decoded);
            }
        });
        return plain;
    }

    private static @Nullable Object decode(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>(list.size());
            for (Object element : list) {
                Object decoded = decode(element);
                if (decoded != null) {
                    elements.add(decoded);
                }
            }
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            return map.get(TYPE) instanceof String type ? decode(type, map.get(VALUE)) : decodeMap(map);
        }
        return value;
    }

    private static @Nullable Object decode(String type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return switch (type) {
            case "long" -> Long.valueOf(text);
            case "short" -> Short.valueOf(text);
            case "byte" -> Byte.valueOf(text);
            case "float" -> Float.valueOf(text);
            case "double" -> Double.valueOf(text);
            case "bigint" -> new BigInteger(text);
            case "decimal" -> new BigDecimal(text);
            case "bytes" -> Base64.getDecoder().decode(text);
            case "uuid" -> UUID.fromString(text);
            case "instant" -> Instant.parse(text);
            case "map" -> value instanceof Map<?, ?> map ? decodeMap(map) : null;
            default -> text;
        };
    }
}
