package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import dev.realtime.contracts.ConnectionStats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roles of users in the page's language; roles of others stay as they are in tokens. */
public final class RoleWords {

    private static final List<String> KNOWN = List.of("operator", "director", "admin", "master");

    private RoleWords() {}

    public static String of(Component of, @Nullable String role) {
        if (role == null || role.equals(ConnectionStats.NO_ROLE)) {
            return of.getTranslation("connections.no-role");
        }
        return KNOWN.contains(role) ? of.getTranslation("role." + role) : role;
    }
}
