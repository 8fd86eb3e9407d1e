package dev.realtime.contracts;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of rooms. Rooms of any other kind are refused. */
public enum RoomKind {
    /** Every operator. */
    OPERATORS("operators", false),
    /** Every director. */
    DIRECTORS("directors", false),
    /** Everybody with an identity. Membership follows from the identity: nobody joins or leaves the room. */
    EVERYONE("everyone", false),
    /** Everybody whose token has the role. Membership follows from the identity: nobody joins or leaves the room. */
    ROLE("role", true),
    /** The users responsible for a city. */
    CITY("city", true),
    /** One operator. */
    OPERATOR("operator", true),
    /** The users who watch an order. */
    ORDER("order", true),
    /** One user of any role. */
    USER("user", true);

    private final String prefix;
    private final boolean named;

    RoomKind(String prefix, boolean named) {
        this.prefix = prefix;
        this.named = named;
    }

    /** The start of the printed form, or all of it for kinds without names. */
    public String prefix() {
        return prefix;
    }

    /** Whether rooms of this kind have a name, as {@code city:Саратов} does. */
    public boolean isNamed() {
        return named;
    }

    /** Whether membership follows from the identity alone, so that nobody joins or leaves such a room. */
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
