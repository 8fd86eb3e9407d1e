package dev.realtime.console.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.internal.PendingJavaScriptInvocation;
import dev.realtime.console.parts.LightTable.Cell;
import dev.realtime.console.parts.LightTable.Column;
import dev.realtime.console.parts.LightTable.Row;
import dev.realtime.console.testing.HistoryTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ViewPackages(packages = "dev.realtime.console.nowhere")
class LightTableTest extends HistoryTest {

    private final List<Row> rows = new ArrayList<>(
            IntStream.range(0, 100).mapToObj(i -> row("old-" + i, "old")).toList());
    private LightTable table = new LightTable("t", List.of(new Column("Text", "")), id -> {});

    @BeforeEach
    void fill() {
        table = new LightTable("t", List.of(new Column("Text", "")), id -> {});
        UI.getCurrent().add(table);
        table.show(List.copyOf(rows));
        sent();
    }

    @Test
    void sendsOnlyNewAndChangedRows() {
        rows.removeLast();
        rows.addFirst(row("new", "new"));
        rows.set(3, row("old-2", "changed"));
        table.show(rows);

        List<Object> parameters = sent();
        assertThat((JsonNode) parameters.get(0)).hasSize(1);
        assertThat(parameters.get(1)).hasToString("false");
        assertThat((JsonNode) parameters.get(2)).hasSize(1);
        assertThat(parameters.get(3)).hasToString("100");
    }

    @Test
    void otherRowsReplaceThemAll() {
        table.show(List.of(row("other", "other")));

        assertThat(sent().get(1)).hasToString("true");
    }

    @Test
    void doesNotSendTheSameRowsAgain() {
        table.show(List.copyOf(rows));

        assertThat(sent()).isEmpty();
    }

    /** The parameters of the latest call to the browser since the previous check; empty if there was none. */
    private static List<Object> sent() {
        UI ui = UI.getCurrent();
        ui.getInternals().getStateTree().runExecutionsBeforeClientResponse();
        List<PendingJavaScriptInvocation> calls = ui.getInternals().dumpPendingJavaScriptInvocations();
        return calls.stream()
                .filter(call -> call.getInvocation().getExpression().contains("showRows($0"))
                .reduce((first, last) -> last)
                .map(call -> call.getInvocation().getParameters())
                .orElse(List.of());
    }

    private static Row row(String id, String text) {
        return new Row(id, List.of(Cell.of(text)));
    }
}
