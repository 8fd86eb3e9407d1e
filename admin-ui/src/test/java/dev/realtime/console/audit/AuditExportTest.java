package dev.realtime.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.UI;
import dev.realtime.console.api.Query;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.PartsTools;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.testing.HistoryTest;
import dev.realtime.contracts.admin.AdminRole;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@ViewPackages(classes = AuditView.class)
class AuditExportTest extends HistoryTest {

    @Test
    void writesAtMostTenThousandRowsAndANoteInTheLast() {
        entries(AuditExport.MOST + 1);
        List<String> lines = export();

        assertThat(lines).hasSize(AuditExport.MOST + 1);
        assertThat(lines.getFirst()).startsWith("\"10001-0\";");
        assertThat(lines.getLast()).contains("There are more than 10,000 entries");
        assertThat(service.asked("GET", "/audit")).isEqualTo(20);
    }

    @Test
    void writesAllMatchingEntries() {
        entries(501);

        assertThat(export()).hasSize(501).last().asString().startsWith("\"1-0\";");
    }

    @Test
    void marksAnIncompleteFileIfTheServiceStopsAnswering() {
        service.away(true);

        assertThat(export()).singleElement().asString().contains("The service stopped answering");
    }

    private void entries(long count) {
        service.audit.addAll(LongStream.rangeClosed(1, count)
                .mapToObj(number -> AuditViewTest.entry(number, "notify", "done"))
                .toList()
                .reversed());
    }

    private List<String> export() {
        go("audit");
        service.requests.clear();
        StringWriter text = new StringWriter();
        AuditExport export = new AuditExport(
                find(AuditView.class).single(),
                api,
                new ConsoleUser("vera", AdminRole.VIEWER),
                PartsTools.fast(),
                Times.of(UI.getCurrent()));
        // As a download does: without the session's lock, which the test's own thread holds.
        CompletableFuture.runAsync(() -> {
                    try {
                        export.write(Query.none(), "", PartsTools.csv(text));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .join();
        service.requests.removeIf(request -> !request.query().contains("count=500"));
        return text.toString().lines().toList();
    }
}
