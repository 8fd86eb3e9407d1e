package dev.realtime.console.parts;

import dev.realtime.contracts.SocketPresence;
import dev.realtime.contracts.board.Person;
import org.jspecify.annotations.Nullable;

/** A user to choose from. Equality is by id alone. */
public final class UserChoice {

    private final String id;
    private final String label;

    private UserChoice(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** A user of whom only the id is known. */
    public static UserChoice of(String id) {
        return new UserChoice(id, id);
    }

    public static UserChoice of(SocketPresence socket) {
        return of(socket.userKey(), socket.name(), socket.role());
    }

    public static UserChoice of(Person person) {
        return of(person.userId().toString(), person.name(), person.role());
    }

    private static UserChoice of(String id, @Nullable String name, @Nullable String role) {
        return new UserChoice(id, id + (name == null ? "" : " · " + name) + (role == null ? "" : " (" + role + ")"));
    }

    public String id() {
        return id;
    }

    public String label() {
        return label;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserChoice choice && id.equals(choice.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
