package dev.realtime.contracts;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of rooms there are. A name of any other kind is refused to everyone. */
public enum RoomKind {
    /** Every operator. */
    OPERATORS("operators", false),
    /** Every director. */
    DIRECTORS("directors", false),
    /** Everybody with an identity. Nobody joins or leaves it: an identity is in it. */
    EVERYONE("everyone", false),
    /** Everybody whose token has a role. Nobody joins or leaves it: an identity is in it. */
    ROLE("role", true),
    /** Those who look after a city. */
    CITY("city", true),
    /** One operator. */
    OPERATOR("operator", true),
    /** Those who watch an order. */
    ORDER("order", true),
    /** One user, whatever the role. */
    USER("user", true);

    private final String prefix;
    private final boolean named;

    RoomKind(String prefix, boolean named) {
        this.prefix = prefix;
        this.named = named;
    }

    /** What the printed form starts with, or is. */
    public String prefix() {
        return prefix;
    }

    /** Whether a room of this kind bears a name: {@code city:Саратов}. */
    public boolean isNamed() {
        return named;
    }

    /** Whether an identity alone says who is in it, so that nobody joins or leaves it. */
    public boolean isByIdentity() {
        return this == EVERYONE || this == ROLE;
    }

    /** The kind with this prefix, for example {@code city}. */
    public static Optional<RoomKind> ofPrefix(String prefix) {
        return Arrays.stream(values())
                .filter(kind -> kind.prefix.equals(prefix))
                .findFirst();
    }

    static Optional<RoomKind> of(String prefix, boolean named) {
        return Arrays.stream(values())
                .filter(kind -> kind.named == named && kind.prefix.equals(prefix))
                .findFirst();
    }
}
