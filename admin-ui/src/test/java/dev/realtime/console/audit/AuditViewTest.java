package dev.realtime.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Pre;
import dev.realtime.console.parts.LightTable;
import dev.realtime.console.parts.LightTable.Row;
import dev.realtime.console.testing.HistoryTest;
import dev.realtime.contracts.admin.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@ViewPackages(classes = AuditView.class)
class AuditViewTest extends HistoryTest {

    @Test
    void showsOutcomesAndRefusalsInWords() {
        service.audit.add(entry(3, "notify", "done"));
        service.audit.add(entry(2, "block", "forbidden"));
        service.audit.add(entry(1, "close-user", null));
        go("audit");

        await("they are there", () -> rows().size() == 3);
        assertThat(rows())
                .extracting(row -> row.cells().getLast().pieces().getFirst().text())
                .containsExactly("Done, 7 sockets", "Refused: the role does not allow it", "Unknown");
    }

    @Test
    void updatesOnlyTheNewestPage() {
        LongStream.rangeClosed(1, 70).forEach(number -> service.audit.addFirst(entry(number, "notify", "done")));
        go("audit");
        await("the page is there", () -> rows().size() == 50);
        service.audit.addFirst(entry(71, "block", "done"));
        await("the new one is there", () -> rows().getFirst().id().equals("71-0"));

        test(button("Older")).click();
        await("the rest is there", () -> rows().size() == 21);
        assertThat(rows().getLast().id()).isEqualTo("1-0");
    }

    @Test
    void filtersByTheServiceAndOpensAnEntry() {
        service.audit.add(entry(2, "notify", "done"));
        service.audit.add(entry(1, "block", "done"));
        go("audit?actor=irina&text=director&id=1-0");
        await("it is open", () -> find(Pre.class).exists());
        assertThat(service.requests("GET", "/audit").getFirst().query())
                .contains("actor=irina")
                .contains("text=director");
        assertThat(find(Pre.class).all().getFirst().getText()).contains("because");

        @SuppressWarnings("unchecked")
        ComboBox<String> action = find(ComboBox.class).withLabel("Action").single();
        test(action).selectItem("Block");
        await("only that one is there", () -> rows().size() == 1);
    }

    private List<Row> rows() {
        return find(LightTable.class).single().rows();
    }

    static AuditEntry entry(long number, String action, @Nullable String outcome) {
        return new AuditEntry(
                number + "-0",
                Instant.ofEpochMilli(number),
                "irina",
                "admin",
                "203.0.113.7",
                action,
                "17",
                "Asked by the director",
                Map.of("note", "because"),
                outcome,
                "done".equals(outcome) ? Map.of("sockets", 7) : null);
    }
}
