package dev.realtime.console.send;

import dev.realtime.contracts.SocketPresence;
import org.jspecify.annotations.Nullable;

/** A user to choose from. Equality is by id alone. */
final class UserChoice {

    private final String id;
    private final String label;

    private UserChoice(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** A user of whom only the id is known. */
    static UserChoice of(String id) {
        return new UserChoice(id, id);
    }

    static UserChoice of(SocketPresence socket) {
        String name = socket.name();
        String role = socket.role();
        return new UserChoice(
                socket.userKey(),
                socket.userKey() + (name == null ? "" : " · " + name) + (role == null ? "" : " (" + role + ")"));
    }

    String id() {
        return id;
    }

    String label() {
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
