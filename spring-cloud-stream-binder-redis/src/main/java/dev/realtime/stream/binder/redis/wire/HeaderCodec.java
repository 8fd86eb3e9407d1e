package dev.realtime.stream.binder.redis.wire;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes headers as JSON and keeps their types.
 *
 * <p>String, Boolean, Integer, Double, lists and maps with String keys are plain JSON. Types that JSON cannot
 * distinguish are {@code {"@type": "long", "value": "42"}}, with the names in {@link HeaderTypes}; an array is
 * {@code {"@type": "int[]", "value": [1, 2]}}, by the simple name of its components or as {@code Object[]}, and a map
 * that has a key {@code @type} itself is a {@code map}. Decoding is lenient: an integral number beyond 32 bits is a
 * Long, an unknown type is text or a list. MIME types, enums and other character sequences become String. Values of any
 * other type are left out and reported.
 */
final class HeaderCodec {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TYPE = "@type";
    private static final String VALUE = "value";
    private static final String ARRAY = "[]";

    /** Deeper nesting is a mistake, most likely a cycle. */
    private static final int MAX_DEPTH = 16;

    private HeaderCodec() {}

    /**
     * Encodes the headers whose name matches; {@code null} if there are none.
     *
     * @param lost receives the name of each header of which something was left out, and the type of that value
     */
    static byte @Nullable [] encode(
            Map<String, ? extends @Nullable Object> headers,
            Predicate<String> names,
            BiConsumer<String, Class<?>> lost) {
        Map<String, Object> typed = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (value != null && names.test(name)) {
                Encoding encoding = new Encoding();
                Object encoded = encoding.encode(value, 0);
                if (encoded != null) {
                    typed.put(name, encoded);
                }
                if (encoding.lost != null) {
                    lost.accept(name, encoding.lost);
                }
            }
        });
        return typed.isEmpty() ? null : JSON.writeValueAsBytes(typed);
    }

    static Map<String, Object> decode(byte[] json) {
        Map<?, ?> typed = JSON.readValue(json, Map.class);
        return decodeMap(typed);
    }

    /** The encoding of one header. */
    private static final class Encoding {

        /** The type of a value that was left out. */
        private @Nullable Class<?> lost;

        @Nullable
        Object encode(Object value, int depth) {
            if (value instanceof String || value instanceof Boolean || value instanceof Integer) {
                return value;
            }
            if (value instanceof Double number && Double.isFinite(number)) {
                return number;
            }
            HeaderTypes.Type<?> type = HeaderTypes.of(value);
            if (type != null) {
                return typed(type.name(), type.text(value));
            }
            if (value instanceof MimeType || value instanceof CharSequence) {
                return value.toString();
            }
            if (value instanceof Enum<?> constant) {
                return constant.name();
            }
            if (depth < MAX_DEPTH) {
                if (value instanceof Collection<?> elements) {
                    return list(elements, depth);
                }
                if (value instanceof Map<?, ?> map) {
                    return map(map, depth);
                }
                if (value.getClass().isArray()) {
                    return array(value, depth);
                }
            }
            lost = value.getClass();
            return null;
        }

        private List<Object> list(Collection<?> elements, int depth) {
            List<Object> list = new ArrayList<>(elements.size());
            for (Object element : elements) {
                Object encoded = element == null ? null : encode(element, depth + 1);
                if (encoded != null) {
                    list.add(encoded);
                }
            }
            return list;
        }

        private Map<String, Object> map(Map<?, ?> map, int depth) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, element) -> {
                Object encoded = element == null ? null : encode(element, depth + 1);
                if (encoded != null && key instanceof String name) {
                    plain.put(name, encoded);
                } else if (encoded != null && key != null) {
                    lost = key.getClass();
                }
            });
            return plain.containsKey(TYPE) ? typed("map", plain) : plain;
        }

        /** Keeps {@code null} elements, so that the others keep their places. */
        private Map<String, Object> array(Object array, int depth) {
            List<@Nullable Object> list = new ArrayList<>(Array.getLength(array));
            for (int i = 0; i < Array.getLength(array); i++) {
                Object element = Array.get(array, i);
                list.add(element == null ? null : encode(element, depth + 1));
            }
            return typed(HeaderTypes.componentName(array.getClass().getComponentType()) + ARRAY, list);
        }
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
            return decodeList(list);
        }
        if (value instanceof Map<?, ?> map) {
            return map.get(TYPE) instanceof String type ? decode(type, map.get(VALUE)) : decodeMap(map);
        }
        return value;
    }

    private static List<Object> decodeList(List<?> list) {
        List<Object> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            Object decoded = decode(element);
            if (decoded != null) {
                elements.add(decoded);
            }
        }
        return elements;
    }

    private static @Nullable Object decode(String type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list) {
            Class<?> component = type.endsWith(ARRAY)
                    ? HeaderTypes.component(type.substring(0, type.length() - ARRAY.length()))
                    : null;
            return component == null ? decodeList(list) : decodeArray(component, list);
        }
        if (value instanceof Map<?, ?> map) {
            return decodeMap(map);
        }
        HeaderTypes.Type<?> known = HeaderTypes.named(type);
        return known == null ? value.toString() : known.read().apply(value.toString());
    }

    private static Object decodeArray(Class<?> component, List<?> list) {
        Object array = Array.newInstance(component, list.size());
        for (int i = 0; i < list.size(); i++) {
            Object element = decode(list.get(i));
            if (element != null) {
                Array.set(array, i, element);
            }
        }
        return array;
    }
}
