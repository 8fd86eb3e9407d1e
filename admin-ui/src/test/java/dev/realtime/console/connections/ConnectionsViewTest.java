package dev.realtime.console.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.SortDirection;
import dev.realtime.console.api.BlockedUser;
import dev.realtime.console.live.Happening;
import dev.realtime.console.live.PresenceFeed;
import dev.realtime.console.testing.Sockets;
import dev.realtime.console.testing.StubService.Asked;
import dev.realtime.console.testing.ViewTest;
import dev.realtime.contracts.SocketPresence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The view of connections with a stub of the service. */
class ConnectionsViewTest extends ViewTest {

    private static final String SOCKETS = "/api/v1/admin/stats/connections";

    @Autowired
    private PresenceFeed presence;

    @SuppressWarnings("unchecked")
    private Grid<SocketPresence> grid() {
        return find(Grid.class).withClassName("sockets").single();
    }

    private List<Asked> pages() {
        return service.asked(SOCKETS).stream()
                .filter(asked -> asked.parameter("socket").isEmpty())
                .toList();
    }

    private String last(String parameter) {
        return String.join(",", pages().getLast().parameter(parameter));
    }

    private SocketDetail detail() {
        return find(SocketDetail.class).single();
    }

    private void open(String address) {
        go(address);
        test(grid()).size();
    }

    @Test
    void showsTheNewestFirst() {
        service.sockets().addAll(Sockets.many(3));
        open("connections");
        await("3 rows", () -> test(grid()).size() == 3);
        assertThat(test(grid()).getRow(0).socketId()).isEqualTo("socket-2");
    }

    @Test
    void fetchesAndKeepsOnlyPages() {
        service.sockets().addAll(Sockets.many(10_000));
        open("connections");
        await("10_000 rows", () -> test(grid()).size() == 10_000);
        assertThat(test(grid()).getRow(0).socketId()).isEqualTo("socket-9999");
        assertThat(pages())
                .hasSizeLessThanOrEqualTo(2)
                .allMatch(page -> page.query().contains("size=100"));
    }

    @Test
    void filtersByTheServiceAndKeepsTheFilterInTheAddress() {
        service.sockets().addAll(Sockets.many(30));
        open("connections");
        test(find(TextField.class).withLabel("Search").single()).setValue("Person 7");
        await("1 rows", () -> test(grid()).size() == 1);
        assertThat(last("text")).isEqualTo("Person 7");
        assertThat(pages().getLast().parameter("sort")).containsExactly("-connectedAt");
    }

    @Test
    void aLinkSelectsTheFilter() {
        service.sockets().addAll(Sockets.many(4));
        service.sockets().add(Sockets.operator(7, "city:Казань"));
        open("connections?room=city%3A%D0%9A%D0%B0%D0%B7%D0%B0%D0%BD%D1%8C&user=7");
        await("1 rows", () -> test(grid()).size() == 1);
        assertThat(find(ComboBox.class).withLabel("Room").single().getValue()).isEqualTo("city:Казань");
        assertThat(hasButton("Remove filter: User 7")).isTrue();
        test(button("Clear filters")).click();
        await("5 rows", () -> test(grid()).size() == 5);
    }

    @Test
    void doesNotRequestAnInvalidRoom() {
        service.sockets().addAll(Sockets.many(2));
        open("connections?room=nonsense%3A1");
        assertThat(find(ComboBox.class).withLabel("Room").single().isInvalid()).isTrue();
        // It filters to nothing, without a request.
        await("the answer", () -> grid().getEmptyStateText().equals("No matching connections."));
        assertThat(test(grid()).size()).isZero();
        assertThat(pages()).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void aPartOfANameIsTheOnlyRoomThatHasIt() {
        service.sockets().add(Sockets.operator(1, "operators", "city:Саратов"));
        service.sockets().add(Sockets.operator(2, "operators", "city:Казань"));
        open("connections");
        await("2 rows", () -> test(grid()).size() == 2);
        ComboBox<String> room = find(ComboBox.class).withLabel("Room").single();
        ComponentUtil.fireEvent(room, new ComboBox.CustomValueSetEvent<>(room, true, "Сарат"));
        await("the one match", () -> "city:Саратов".equals(room.getValue()));
        await("1 rows", () -> test(grid()).size() == 1);
        ComponentUtil.fireEvent(room, new ComboBox.CustomValueSetEvent<>(room, true, "city"));
        await("that there are two", () -> room.isInvalid());
        assertThat(room.getErrorMessage()).contains("Several rooms contain “city”: 2");
        await("no rows", () -> test(grid()).size() == 0);
    }

    @Test
    void theAddressSelectsTheOrder() {
        service.sockets().addAll(Sockets.many(3));
        open("connections?sort=connectedAt");
        await(
                "the oldest first",
                () -> test(grid()).size() == 3
                        && test(grid()).getRow(0).socketId().equals("socket-0"));
        assertThat(last("sort")).isEqualTo("connectedAt");
    }

    @Test
    void aLinkMarksItsRow() {
        service.sockets().addAll(Sockets.many(3));
        open("connections?socket=socket-1");
        await(
                "the mark",
                () -> grid().asSingleSelect()
                        .getOptionalValue()
                        .map(SocketPresence::socketId)
                        .equals(Optional.of("socket-1")));
    }

    @Test
    void theServiceSorts() {
        service.sockets().addAll(Sockets.many(3));
        service.sockets().add(Sockets.slow(9));
        open("connections");
        await("4 rows", () -> test(grid()).size() == 4);
        test(grid()).sortByColumn("queue", SortDirection.DESCENDING);
        await("the slow one first", () -> test(grid()).getRow(0).socketId().equals("socket-9"));
        await("the order", () -> last("sort").equals("-queue"));
    }

    @Test
    void showsNewSocketsWithoutAReload() {
        service.sockets().addAll(Sockets.many(2));
        open("connections");
        await("2 rows", () -> test(grid()).size() == 2);
        service.sockets().add(Sockets.operator(50));
        Happening.presence(presence);
        await("the third row", () -> test(grid()).size() == 3);
        assertThat(test(grid()).getRow(0).socketId()).isEqualTo("socket-50");
    }

    @Test
    void keepsTheRowsWhileTheServiceIsUnavailable() {
        service.sockets().addAll(Sockets.many(5));
        open("connections");
        await("5 rows", () -> test(grid()).size() == 5);
        service.away(true);
        Happening.presence(presence);
        roundTrip();
        await("5 rows", () -> test(grid()).size() == 5);
        service.sockets().clear();
        service.away(false);
        await("an empty table", () -> test(grid()).size() == 0);
    }

    @Test
    void opensLiveDetailsOfARow() {
        service.sockets().add(Sockets.operator(1, "operators", "city:Саратов"));
        open("connections");
        await("1 rows", () -> test(grid()).size() == 1);
        test(grid()).select(0);
        assertThat(textOf(detail())).contains("Person 1", "socket-1", "Саратов", "203.0.113.7", "Chrome 140, Windows");
        service.sockets().set(0, Sockets.operator(1, "operators", "order:15"));
        Happening.presence(presence);
        await("the room", () -> textOf(detail()).contains("Order 15"));
        assertThat(textOf(detail())).doesNotContain("Саратов");
        service.sockets().clear();
        Happening.presence(presence);
        await("the farewell", () -> textOf(detail()).contains("has disconnected"));
        assertThat(textOf(detail())).contains("Person 1", "Order 15");
        assertThat(button("Close the socket").isEnabled()).isFalse();
        assertThat(button("Block").isEnabled()).isTrue();
    }

    @Test
    void aLinkOpensASocketOrReportsThatItIsGone() {
        service.sockets().add(Sockets.operator(3));
        open("connections?socket=socket-3");
        await("its name", () -> textOf(detail()).contains("Person 3"));
        open("connections?socket=socket-99");
        await("that it is not there", () -> textOf(detail()).contains("There is no such socket"));
    }

    @Test
    void closesASocketWithAReason() {
        service.sockets().addAll(Sockets.many(2));
        service.silent("gone-instance");
        open("connections?socket=socket-1");
        await("the details", () -> textOf(detail()).contains("Person 1"));
        test(button("Close the socket")).click();
        confirm("Close the socket", " ");
        assertThat(service.actions()).isEmpty();
        confirm("Close the socket", "Two headsets");
        await("the action", () -> !service.actions().isEmpty());
        Asked action = service.actions().getFirst();
        assertThat(action.path()).endsWith("/connections/socket-1/close");
        assertThat(action.body()).contains("Two headsets");
        awaitTold("1 socket", "odd: 1", "gone-instance");
        await("one row", () -> test(grid()).size() == 1);
    }

    @Test
    void closesAllSocketsOfAUser() {
        service.sockets().addAll(Sockets.many(2));
        open("connections?socket=socket-1");
        await("the details", () -> textOf(detail()).contains("Person 1"));
        test(button("Close all sockets")).click();
        confirm("Close all sockets", "The shift is over");
        await("the action", () -> !service.actions().isEmpty());
        assertThat(service.actions().getFirst().path()).endsWith("/users/1/close");
    }

    @Test
    @SuppressWarnings("unchecked")
    void joinsOnlyValidRooms() {
        service.sockets().add(Sockets.operator(1));
        open("connections?socket=socket-1");
        await("the details", () -> textOf(detail()).contains("Person 1"));
        ComboBox<String> room = find(ComboBox.class).withLabel("Add to a room").single();
        for (String wrong : List.of("nonsense", "everyone", "role:operator")) {
            room.setValue(wrong);
            test(button("Add")).click();
            assertThat(room.isInvalid()).as(wrong).isTrue();
            assertThat(find(Dialog.class).exists()).as(wrong).isFalse();
        }
        room.setValue("city:Саратов");
        test(button("Add")).click();
        confirm("Add", "Stands in");
        await("the action", () -> !service.actions().isEmpty());
        assertThat(service.actions().getFirst().path()).endsWith("/connections/socket-1/join");
        assertThat(service.actions().getFirst().body()).contains("city:Саратов", "Stands in");
    }

    @Test
    void outOfARoom() {
        service.sockets().add(Sockets.operator(1, "city:Саратов"));
        open("connections?socket=socket-1");
        await("the details", () -> textOf(detail()).contains("Person 1"));
        test(button("Remove from room Саратов")).click();
        confirm("Remove", "Is back");
        await("the action", () -> !service.actions().isEmpty());
        assertThat(service.actions().getFirst().path()).endsWith("/connections/socket-1/leave");
    }

    @Test
    @SuppressWarnings("unchecked")
    void blocksAUserForSomeMinutes() {
        service.sockets().add(Sockets.operator(1));
        open("connections?socket=socket-1");
        await("the details", () -> textOf(detail()).contains("Person 1"));
        test(button("Block")).click();
        Select<BlockDialog.Span> span = find(Select.class).withLabel("Duration").single();
        span.setValue(BlockDialog.Span.MINUTES);
        confirm("Block", "Lost a laptop");
        assertThat(service.actions()).isEmpty();
        find(IntegerField.class).single().setValue(45);
        confirm("Block", "Lost a laptop");
        await("the action", () -> !service.actions().isEmpty());
        assertThat(service.actions().getFirst().path()).endsWith("/users/1/block");
        assertThat(service.actions().getFirst().body()).contains("2700");
        awaitTold("blocked until", "2030");
    }

    @Test
    void listsAndUnblocksBlockedUsers() {
        service.blocks().add(new BlockedUser("17", Instant.parse("2030-01-01T10:00:00Z")));
        open("connections");
        await("how many", () -> hasButton("Blocked (1)"));
        test(button("Blocked (1)")).click();
        Grid<?> list = find(Grid.class, find(Dialog.class).single()).single();
        await("the blocked user", () -> test(list).size() == 1);
        test((Button) test(list).getCellComponent(0, 2)).click();
        confirm("Unblock", "All is well");
        await("the action", () -> !service.actions().isEmpty());
        assertThat(service.actions().getFirst().path()).endsWith("/users/17/unblock");
        await("nobody", () -> hasButton("Blocked"));
    }

    @Test
    void showsAFailureAndKeepsTheDialogOpen() {
        service.sockets().add(Sockets.operator(1));
        open("connections?socket=socket-1");
        await("the details", () -> textOf(detail()).contains("Person 1"));
        test(button("Close the socket")).click();
        service.away(true);
        confirm("Close the socket", "Why not");
        awaitTold("does not answer");
        assertThat(find(Dialog.class).exists()).isTrue();
    }
}
