package dev.realtime.console.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.Happening;
import dev.realtime.console.live.PresenceFeed;
import dev.realtime.console.testing.BoardStub;
import dev.realtime.console.testing.Sockets;
import dev.realtime.console.testing.ViewTest;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.SocketPresence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The view of rooms with a stub of the service. */
class RoomsViewTest extends ViewTest {

    private static final String ROOMS = "/api/v1/admin/stats/rooms";

    @Autowired
    private PresenceFeed presence;

    @Autowired
    private EventFeed events;

    private RoomTable table() {
        return find(RoomTable.class).single();
    }

    private RoomDetail detail() {
        return find(RoomDetail.class).single();
    }

    @SuppressWarnings("unchecked")
    private Grid<SocketPresence> members() {
        return (Grid<SocketPresence>) detail().getChildren()
                .filter(Grid.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private void open(String address) {
        go(address);
        test(table()).size();
    }

    private String wrong() {
        return textOf(find(WrongRooms.class).single());
    }

    private List<String> links(Component in) {
        return find(Anchor.class, in).all().stream().map(Anchor::getHref).toList();
    }

    @Test
    void showsTheLargestRoomFirst() {
        service.sockets().add(Sockets.operator(1, "operators", "city:Казань"));
        service.sockets().add(Sockets.operator(2, "operators"));
        open("rooms");
        await("2 rows", () -> test(table()).size() == 2);
        assertThat(test(table()).getRow(0)).isEqualTo(new RoomRow(Room.OPERATORS, 2, 0));
    }

    @Test
    void theServiceFilters() {
        service.sockets().add(Sockets.operator(1, "operators", "city:Казань", "city:Саратов"));
        open("rooms?kind=city");
        await("2 rows", () -> test(table()).size() == 2);
        assertThat(find(Select.class).single().getValue()).isEqualTo(RoomKind.CITY);
        test(find(TextField.class).withLabel("Search").single()).setValue("Сарат");
        await("1 rows", () -> test(table()).size() == 1);
        var last = service.asked(ROOMS).getLast();
        assertThat(last.parameter("kind")).containsExactly("city");
        assertThat(last.parameter("text")).containsExactly("Сарат");
    }

    @Test
    void anOpenRoomShowsNewMembers() {
        service.sockets().add(Sockets.operator(1, "city:Казань"));
        open("rooms?room=city%3A%D0%9A%D0%B0%D0%B7%D0%B0%D0%BD%D1%8C");
        await("1 rows", () -> test(members()).size() == 1);
        service.sockets().add(Sockets.operator(2, "city:Казань"));
        Happening.presence(presence);
        await("the second", () -> test(members()).size() == 2);
        assertThat(textOf(detail())).contains("2 sockets");
        assertThat(links(detail()))
                .anyMatch(link -> link.startsWith("send?room=city"))
                .anyMatch(link -> link.startsWith("events?room=city"));
    }

    @Test
    void itsRateIsLive() {
        service.sockets().add(Sockets.operator(1, "city:Пермь"));
        open("rooms?room=city%3A%D0%9F%D0%B5%D1%80%D0%BC%D1%8C");
        Happening.event(events, Room.city("Пермь"));
        await("the rate", () -> textOf(detail()).contains("1 event in the last minute"));
    }

    @Test
    void reportsAnInvalidRoom() {
        open("rooms?room=nonsense");
        awaitTold("nonsense");
        assertThat(find(RoomDetail.class).exists()).isFalse();
    }

    @Test
    void reportsOperatorsWithoutACityAndUnwatchedOrders() {
        service.sockets().add(Sockets.operator(1, "operators", "city:Казань", "order:71"));
        Happening.event(events, Room.order("71"));
        open("rooms");
        await("that all is well", () -> wrong().contains("No problems"));
        service.sockets().add(Sockets.operator(2, "operators"));
        Happening.event(events, Room.order("72"));
        // Closed orders need nobody.
        Happening.event(events, Room.order("73"));
        service.board().closed.add(BoardStub.closedOrder(73));
        service.away(true);
        await("the banner", () -> find(Div.class).withClassName("away").exists());
        assertThat(wrong()).contains("No problems");
        service.away(false);
        await("what is wrong", () -> wrong().contains("Order 72"));
        assertThat(wrong())
                .contains("1 socket of an operator has no city", "Nobody watches 1 open order")
                .doesNotContain("Order 71")
                .doesNotContain("Order 73");
        assertThat(links(find(WrongRooms.class).single()))
                .anyMatch(link -> link.contains("role=operator") && link.contains("without=city"));
    }
}
