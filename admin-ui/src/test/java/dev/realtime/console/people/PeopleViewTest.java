package dev.realtime.console.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.textfield.TextField;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.Happening;
import dev.realtime.console.parts.Choice;
import dev.realtime.console.testing.BoardStub;
import dev.realtime.console.testing.Sockets;
import dev.realtime.console.testing.ViewTest;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.Person;
import dev.realtime.contracts.board.PersonStatus;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.test.context.support.WithMockUser;

/** The view of people with a stub of the service. */
class PeopleViewTest extends ViewTest {

    private static final String PEOPLE = "/api/v1/admin/board/people";

    @Autowired
    private EventFeed events;

    @BeforeEach
    void somePeople() {
        service.board()
                .people
                .addAll(List.of(
                        BoardStub.person(7, "Анна", PersonStatus.FREE),
                        BoardStub.person(8, "Борис", PersonStatus.TALKING),
                        BoardStub.person(9, "Вера", PersonStatus.OFFLINE)));
    }

    @SuppressWarnings("unchecked")
    private Grid<Person> grid() {
        return find(Grid.class).withClassName("people-table").single();
    }

    private PersonDetail detail() {
        return find(PersonDetail.class).single();
    }

    private void open(String address) {
        go(address);
        test(grid()).size();
    }

    private List<String> links() {
        return find(Anchor.class, detail()).all().stream().map(Anchor::getHref).toList();
    }

    @Test
    void aRowIsAPersonAndOfflinePeopleAreFoundToo() {
        open("people");
        await("3 rows", () -> test(grid()).size() == 3);
        assertThat(test(grid()).getRow(0).name()).isEqualTo("Анна");
        assertThat(test(grid()).getRow(2).status()).isEqualTo(PersonStatus.OFFLINE);
    }

    @Test
    void theServiceFiltersAndTheAddressSelectsTheFilter() {
        open("people?status=offline");
        await("1 rows", () -> test(grid()).size() == 1);
        assertThat(find(Choice.class).withLabel("Status").single().getValue()).isEqualTo("offline");
        test(button("Clear filters")).click();
        await("3 rows", () -> test(grid()).size() == 3);
        test(find(TextField.class).withLabel("Search").single()).setValue("Бор");
        await("1 rows", () -> test(grid()).size() == 1);
        assertThat(service.asked(PEOPLE).getLast().parameter("text")).containsExactly("Бор");
        find(Choice.class).withLabel("Status").single().setValue("free");
        await("no rows", () -> test(grid()).size() == 0);
    }

    @Test
    void aStatusFollowsTheEvents() {
        open("people");
        await("3 rows", () -> test(grid()).size() == 3);
        service.board().people.set(0, BoardStub.person(7, "Анна", PersonStatus.RINGING));
        Happening.event(events, Room.operator("7"));
        await("the status", () -> test(grid()).getRow(0).status() == PersonStatus.RINGING);
    }

    @Test
    void thePersonsSocketsAreInsideAndLeadToTheirActions() {
        service.sockets().add(Sockets.operator(7, "city:Саратов"));
        open("people?person=7");
        await("the sockets", () -> textOf(detail()).contains("1 socket"));
        assertThat(textOf(detail())).contains("Анна", "Free", "operator", "Саратов");
        assertThat(links())
                .contains("connections?socket=socket-7", "connections?user=7", "calls?operator=7", "send?user=7");
        test(button("Close all sockets")).click();
        confirm("Close all sockets", "Went home");
        await("the action", () -> !service.actions().isEmpty());
        assertThat(service.actions().getFirst().path()).endsWith("/users/7/close");
    }

    @Test
    @WithMockUser(username = "vera", authorities = "ROLE_viewer")
    void aViewerMayOnlyLook() {
        open("people?person=8");
        await("the person", () -> textOf(detail()).contains("Борис"));
        await("the sockets", () -> textOf(detail()).contains("No socket is open now."));
        assertThat(hasButton("Block")).isFalse();
        assertThat(links()).contains("calls?text=900").noneMatch(link -> link.startsWith("send"));
    }

    @Test
    void saysThatAPersonIsUnknown() {
        open("people?person=4711");
        await("that", () -> textOf(detail()).contains("does not know this person"));
    }

    @Test
    void aBoardThatIsBeingLoadedIsNotEmpty() {
        service.board().loading(true);
        open("people");
        await("that it is loaded", () -> grid().getEmptyStateText().contains("still collecting"));
        service.board().loading(false);
        Happening.event(events, Room.OPERATORS);
        await("the people", () -> test(grid()).size() == 3);
        assertThat(grid().getEmptyStateText()).isEqualTo("No matching people.");
    }
}
