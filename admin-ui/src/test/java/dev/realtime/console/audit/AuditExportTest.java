package dev.realtime.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import dev.realtime.console.api.Query;
import dev.realtime.console.parts.PartsTools;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.testing.HistoryTest;
import dev.realtime.contracts.admin.AdminRole;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@ViewPackages(classes = AuditView.class)
class AuditExportTest extends HistoryTest {

    @Test
    void writesAtMostTenThousandRowsAndANoteInTheLast() throws IOException {
        entries(AuditExport.MOST + 1);
        List<String> lines = export();

        assertThat(lines).hasSize(AuditExport.MOST + 1);
        assertThat(lines.getFirst()).startsWith("\"10001-0\",");
        assertThat(lines.getLast()).contains("There are more than 10,000 entries");
        assertThat(service.asked("GET", "/audit")).isEqualTo(20);
    }

    @Test
    void writesAllMatchingEntries() throws IOException {
        entries(501);

        assertThat(export()).hasSize(501).last().asString().startsWith("\"1-0\",");
    }

    @Test
    void marksAnIncompleteFileIfTheServiceStopsAnswering() throws IOException {
        service.away(true);

        assertThat(export()).singleElement().asString().contains("The service stopped answering");
    }

    private void entries(long count) {
        service.audit.addAll(LongStream.rangeClosed(1, count)
                .mapToObj(number -> AuditViewTest.entry(number, "notify", "done"))
                .toList()
                .reversed());
    }

    private List<String> export() throws IOException {
        go("audit");
        service.requests.clear();
        StringWriter text = new StringWriter();
        new AuditExport(
                        find(AuditView.class).single(),
                        api,
                        new ConsoleUser("vera", AdminRole.VIEWER),
                        PartsTools.fast())
                .write(Query.none(), "", PartsTools.csv(text));
        service.requests.removeIf(request -> !request.query().contains("count=500"));
        return text.toString().lines().toList();
    }
}
