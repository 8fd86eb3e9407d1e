package dev.realtime.stream.binder.redis.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types of header values that JSON cannot tell apart, each with a name and a text that both ways know. */
final class HeaderTypes {

    private static final Map<Class<?>, Type<?>> BY_CLASS = new HashMap<>();
    private static final Map<String, Type<?>> BY_NAME = new HashMap<>();

    /** What an array may have as components, by the simple name; those of other types become an {@code Object[]}. */
    private static final Map<String, Class<?>> COMPONENTS = new HashMap<>();

    static {
        add("long", Long.class, Object::toString, Long::valueOf);
        add("short", Short.class, Object::toString, Short::valueOf);
        add("byte", Byte.class, Object::toString, Byte::valueOf);
        add("float", Float.class, Object::toString, Float::valueOf);
        add("double", Double.class, Object::toString, Double::valueOf);
        add("char", Character.class, Object::toString, text -> text.charAt(0));
        add("bigint", BigInteger.class, Object::toString, BigInteger::new);
        add("decimal", BigDecimal.class, Object::toString, BigDecimal::new);
        add("bytes", byte[].class, Base64.getEncoder()::encodeToString, Base64.getDecoder()::decode);
        add("uuid", UUID.class, Object::toString, UUID::fromString);
        add("uri", URI.class, Object::toString, URI::create);
        add("instant", Instant.class, Object::toString, Instant::parse);
        add("timestamp", Date.class, HeaderTypes::timestamp, text -> Date.from(Instant.parse(text)));
        add("duration", Duration.class, Object::toString, Duration::parse);
        add("period", Period.class, Object::toString, Period::parse);
        add("date", LocalDate.class, Object::toString, LocalDate::parse);
        add("time", LocalTime.class, Object::toString, LocalTime::parse);
        add("datetime", LocalDateTime.class, Object::toString, LocalDateTime::parse);
        add("offsetdatetime", OffsetDateTime.class, Object::toString, OffsetDateTime::parse);
        add("zoneddatetime", ZonedDateTime.class, Object::toString, ZonedDateTime::parse);
        List.of(
                        boolean.class,
                        byte.class,
                        char.class,
                        short.class,
                        int.class,
                        long.class,
                        float.class,
                        double.class,
                        String.class,
                        Boolean.class,
                        Integer.class,
                        Object.class)
                .forEach(component -> COMPONENTS.put(component.getSimpleName(), component));
        BY_CLASS.keySet().forEach(component -> COMPONENTS.put(component.getSimpleName(), component));
    }

    private HeaderTypes() {}

    /**
     * A type of values.
     *
     * @param name its name in an entry
     * @param write makes text of a value
     * @param read makes a value of its text; throws a {@link RuntimeException} if it cannot
     */
    record Type<T>(String name, Function<T, String> write, Function<String, T> read) {

        @SuppressWarnings("unchecked")
        String text(Object value) {
            return write.apply((T) value);
        }
    }

    /** The type of a value; {@code null} if it has none. */
    static @Nullable Type<?> of(Object value) {
        // java.sql's types are dates too.
        return BY_CLASS.get(value instanceof Date ? Date.class : value.getClass());
    }

    /** The type with this name, {@code null} for an unknown one. */
    static @Nullable Type<?> named(String name) {
        return BY_NAME.get(name);
    }

    /** The name of an array's components in an entry. */
    static String componentName(Class<?> component) {
        String name = component.getSimpleName();
        return COMPONENTS.get(name) == component ? name : "Object";
    }

    /** The components' type with this name, {@code null} for an unknown one. */
    static @Nullable Class<?> component(String name) {
        return COMPONENTS.get(name);
    }

    private static String timestamp(Date date) {
        return Instant.ofEpochMilli(date.getTime()).toString();
    }

    private static <T> void add(String name, Class<T> type, Function<T, String> write, Function<String, T> read) {
        Type<T> added = new Type<>(name, write, read);
        BY_CLASS.put(type, added);
        BY_NAME.put(name, added);
    }
}
