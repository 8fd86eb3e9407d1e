package dev.realtime.console.connections;

import com.vaadin.flow.component.combobox.ComboBox;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.RoomStats.Occupancy;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Fields for a room's name that suggest rooms with members, largest first. */
final class RoomSuggestions {

    private static final int MOST = 50;

    private final AdminApi api;
    private final ConsoleUser user;
    private final PageBudget budget = PageBudget.ofSession();

    RoomSuggestions(AdminApi api, ConsoleUser user) {
        this.api = api;
        this.user = user;
    }

    /** A field that accepts any text, since rooms without members are valid too. */
    ComboBox<String> field(String label) {
        ComboBox<String> field = new ComboBox<>(label);
        field.setPageSize(MOST);
        field.setClearButtonVisible(true);
        field.setAllowCustomValue(true);
        field.setPlaceholder("city:Саратов");
        field.addCustomValueSetListener(
                typed -> field.setValue(typed.getDetail().strip()));
        field.setItems(query -> {
            int limit = query.getLimit();
            return query.getOffset() > 0
                    ? none(limit)
                    : suggest(query.getFilter().orElse("")).limit(limit);
        });
        return field;
    }

    private static Stream<String> none(int limit) {
        return Stream.<String>empty().limit(limit);
    }

    private Stream<String> suggest(String text) {
        try {
            budget.take();
            List<Occupancy> rooms = api.rooms(
                            user,
                            Query.none()
                                    .with("text", text)
                                    .with("sort", "-members")
                                    .page(0, MOST))
                    .data()
                    .rooms();
            return Objects.requireNonNullElse(rooms, List.<Occupancy>of()).stream()
                    .map(occupancy -> occupancy.room().toString());
        } catch (ServiceAwayException | RefusedException e) {
            // Without suggestions, the name can still be typed.
            return Stream.empty();
        }
    }
}
