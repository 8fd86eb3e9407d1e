package dev.realtime.console.people;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.Grid.Column;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.RoleWords;
import dev.realtime.contracts.board.Person;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The columns of the table of people, fewer on narrow screens. */
final class PersonColumns {

    private static final int NARROW = 700;
    private static final int MEDIUM = 1_100;

    private final Grid<Person> grid;
    private final Times times;

    PersonColumns(Grid<Person> grid, Times times, Locale locale) {
        this.grid = grid;
        this.times = times;
        column("name", name()).setFlexGrow(3).setWidth("13rem");
        column("status", status()).setFlexGrow(1).setWidth("10.5rem");
        column("city", text(PersonColumns::cities)).setFlexGrow(2).setWidth("8rem");
        column("role", text(this::role)).setWidth("6.5rem");
        column("seen", text(this::seen)).setSortable(false).setWidth("11.5rem");
        column("sockets", text(person -> Sizes.number(person.sockets(), locale)))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("6.5rem");
    }

    /** Shows the columns that fit a window of that width in pixels. */
    void fit(int width) {
        boolean narrow = width > 0 && width < NARROW;
        boolean medium = width > 0 && width < MEDIUM;
        List.of("role", "city").forEach(key -> column(key).setVisible(!narrow));
        List.of("seen", "sockets").forEach(key -> column(key).setVisible(!medium));
        column("name").setWidth(narrow ? "8rem" : "13rem");
        column("status").setWidth(narrow ? "10rem" : "10.5rem");
    }

    private Column<Person> column(String key) {
        return Objects.requireNonNull(grid.getColumnByKey(key));
    }

    private Column<Person> column(String key, Renderer<Person> renderer) {
        return grid.addColumn(renderer)
                .setKey(key)
                .setHeader(grid.getTranslation("people." + key))
                .setSortProperty(key)
                .setSortable(true)
                .setResizable(true)
                .setFlexGrow(0);
    }

    private interface Text {
        String of(Person person);
    }

    private static Renderer<Person> text(Text text) {
        return LitRenderer.<Person>of("<span title=\"${item.text}\">${item.text}</span>")
                .withProperty("text", text::of);
    }

    private static Renderer<Person> name() {
        return LitRenderer.<Person>of(
                        "<span class=\"person\"><b>${item.name}</b><span class=\"quiet\">${item.id}</span></span>")
                .withProperty("name", PersonColumns::name)
                .withProperty(
                        "id",
                        person -> person.name() == null ? "" : person.userId().toString());
    }

    private Renderer<Person> status() {
        return LitRenderer.<Person>of("""
                        <span class="status status-${item.status}">${item.words}</span>
                        <running-time class="quiet" since="${item.since}"></running-time>""")
                .withProperty("status", person -> person.status().wireName())
                .withProperty("words", person -> words(grid, person))
                .withProperty("since", PersonColumns::since);
    }

    /** The person's name, or else their id. */
    static String name(Person person) {
        String name = person.name();
        return name == null ? person.userId().toString() : name;
    }

    static String words(com.vaadin.flow.component.Component of, Person person) {
        return of.getTranslation("people.status-" + person.status().wireName());
    }

    /** Empty if it is not known since when. */
    private static String since(Person person) {
        return person.since().equals(Instant.EPOCH)
                ? ""
                : Long.toString(person.since().toEpochMilli());
    }

    static String cities(Person person) {
        return person.cities().isEmpty() ? "–" : String.join(", ", person.cities());
    }

    private String role(Person person) {
        return person.role() == null ? "–" : RoleWords.of(grid, person.role());
    }

    private String seen(Person person) {
        Instant seen = person.lastSeen();
        return seen == null
                ? grid.getTranslation(person.sockets() > 0 ? "people.here" : "people.never")
                : times.brief(seen);
    }
}
