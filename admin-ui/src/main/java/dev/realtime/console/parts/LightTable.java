package dev.realtime.console.parts;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.dom.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A table that grows at its top. Only new and changed rows go to the browser, as plain texts that become elements
 * there, never HTML. A click or Enter opens a row; the arrow keys move between rows.
 */
@Tag("div")
@StyleSheet("light-table.css")
public final class LightTable extends Component {

    /**
     * A piece of text.
     *
     * @param css its CSS class; may be empty
     * @param title what is shown when the pointer rests on it; may be empty
     */
    public record Piece(String text, String css, String title) {

        /** A piece without a title. */
        public Piece(String text, String css) {
            this(text, css, "");
        }
    }

    /**
     * A cell.
     *
     * @param css the cell's class besides the column's; may be empty
     */
    public record Cell(List<Piece> pieces, String css) {

        public Cell {
            pieces = List.copyOf(pieces);
        }

        public static Cell of(String text) {
            return new Cell(List.of(new Piece(text, "")), "");
        }
    }

    /** A row. The button that opens it has the first cell's text. */
    public record Row(String id, List<Cell> cells) {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A column.
     *
     * @param css the column's class, by which narrow windows hide it
     */
    public record Column(String title, String css) {}

    private static final String BROWSER = """
            const body = this.querySelector('tbody');
            const columns = $0;
            const fill = (tr, row) => {
              tr.dataset.id = row[0];
              tr.replaceChildren(...row[1].map((cell, i) => {
                const td = document.createElement('td');
                td.className = columns[i] + ' ' + cell[1];
                let place = td;
                if (i === 0) {
                  place = document.createElement('button');
                  place.type = 'button';
                  place.className = 'row-open';
                  place.tabIndex = -1;
                  td.append(place);
                }
                cell[0].forEach(piece => {
                  const span = document.createElement('span');
                  span.textContent = piece[0];
                  if (piece[1]) { span.className = piece[1]; }
                  if (piece[2]) { span.title = piece[2]; }
                  place.append(span);
                });
                return td;
              }));
              return tr;
            };
            this.showRows = (fresh, all, changed, count) => {
              if (all) { body.replaceChildren(); }
              body.prepend(...fresh.map(row => fill(document.createElement('tr'), row)));
              while (body.rows.length > count) { body.lastElementChild.remove(); }
              changed.forEach(row => {
                const tr = body.querySelector(`[data-id="${CSS.escape(row[0])}"]`);
                if (tr) { fill(tr, row); }
              });
              this.markRow(this.marked);
              this.oneStop();
            };
            // The table is one stop of the Tab key: the row that was focused last, or else the open one, or the first.
            this.oneStop = now => {
              const old = body.querySelector('.row-open[tabindex="0"]');
              const stop = now ?? old ?? body.querySelector('.row-marked .row-open') ?? body.querySelector('.row-open');
              if (old && old !== stop) { old.tabIndex = -1; }
              if (stop) { stop.tabIndex = 0; }
            };
            body.addEventListener('focusin', event => event.target.matches('.row-open') && this.oneStop(event.target));
            // After the detail of a row has closed; not if the focus is somewhere else by now.
            this.focusRow = id => {
              const active = document.activeElement;
              if (active && active !== document.body && !this.contains(active)) { return; }
              const row = body.querySelector(`[data-id="${CSS.escape(id)}"] .row-open`) ?? body.querySelector('.row-open');
              row?.focus();
            };
            this.markRow = id => {
              this.marked = id;
              for (const tr of body.rows) {
                tr.classList.toggle('row-marked', tr.dataset.id === id);
                if (tr.dataset.id === id) { tr.setAttribute('aria-current', 'true'); } else { tr.removeAttribute('aria-current'); }
              }
            };
            body.onkeydown = event => {
              const tr = event.target.closest('tr');
              const next = {
                ArrowDown: tr.nextElementSibling, ArrowUp: tr.previousElementSibling,
                Home: body.firstElementChild, End: body.lastElementChild,
              }[event.key];
              if (next) { next.querySelector('button').focus(); event.preventDefault(); }
            };
            """;

    private final List<Column> columns;
    private final Element none = new Element("p");
    private List<Row> rows = List.of();
    private String marked = "";

    /**
     * @param label the table's content, for screen readers
     * @param opened called with the id of a row that the user opens
     */
    public LightTable(String label, List<Column> columns, Consumer<String> opened) {
        this.columns = List.copyOf(columns);
        getElement().getClassList().add("light-table");
        Element head = new Element("tr");
        for (Column column : columns) {
            head.appendChild(new Element("th")
                    .setAttribute("scope", "col")
                    .setAttribute("class", column.css)
                    .setText(column.title));
        }
        Element body = new Element("tbody");
        body.addEventListener("click", click -> {
                    String id = click.getEventData()
                            .path("event.target.closest('tr')?.dataset.id")
                            .asString("");
                    if (!id.isEmpty()) {
                        opened.accept(id);
                    }
                })
                .addEventData("event.target.closest('tr')?.dataset.id");
        none.getClassList().add("quiet");
        none.setAttribute("class", "quiet light-table-none");
        getElement()
                .appendChild(
                        new Element("table")
                                .setAttribute("aria-label", label)
                                .appendChild(new Element("thead").appendChild(head), body),
                        none);
    }

    /** The rows shown now. */
    public List<Row> rows() {
        return rows;
    }

    /** Sets the text shown below the header if there are no rows. */
    public void none(String text) {
        none.setText(text);
    }

    /** Shows these rows, newest first. */
    public void show(List<Row> fresh) {
        List<Row> old = rows;
        rows = List.copyOf(fresh);
        none.setVisible(rows.isEmpty());
        if (!isAttached() || rows.equals(old)) {
            return;
        }
        int added = old.isEmpty()
                ? rows.size()
                : (int) rows.stream()
                        .takeWhile(row -> !row.id.equals(old.getFirst().id))
                        .count();
        int kept = rows.size() - added;
        boolean grown = kept > 0
                && kept <= old.size()
                && IntStream.range(0, kept).allMatch(i -> rows.get(added + i).id.equals(old.get(i).id));
        if (!grown) {
            send(rows, true, List.of());
            return;
        }
        Map<String, Row> before = new HashMap<>();
        old.forEach(row -> before.put(row.id, row));
        List<Row> changed = new ArrayList<>(rows.subList(added, rows.size()));
        changed.removeIf(row -> row.equals(before.get(row.id)));
        send(rows.subList(0, added), false, changed);
    }

    /** Marks the open row; empty for none, which gives the focus back to the row that was open. */
    public void mark(String id) {
        String before = marked;
        marked = id;
        if (isAttached()) {
            getElement().executeJs("this.markRow($0)", id);
            if (id.isEmpty() && !before.isEmpty()) {
                // Later than the dialog that has shown the details.
                getElement().executeJs("setTimeout(() => this.focusRow($0), 60)", before);
            }
        }
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        ArrayNode classes = JsonNodeFactory.instance.arrayNode();
        columns.forEach(column -> classes.add(column.css));
        getElement().executeJs(BROWSER, classes);
        send(rows, true, List.of());
        getElement().executeJs("this.markRow($0)", marked);
    }

    private void send(List<Row> fresh, boolean all, List<Row> changed) {
        getElement().executeJs("this.showRows($0, $1, $2, $3)", json(fresh), all, json(changed), rows.size());
    }

    private static ArrayNode json(List<Row> rows) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Row row : rows) {
            ArrayNode cells = list.addArray().add(row.id).addArray();
            for (Cell cell : row.cells) {
                ArrayNode one = cells.addArray();
                ArrayNode pieces = one.addArray();
                cell.pieces.forEach(piece ->
                        pieces.addArray().add(piece.text).add(piece.css).add(piece.title));
                one.add(cell.css);
            }
        }
        return list;
    }
}
