package dev.realtime.console.audit;

import com.vaadin.flow.component.Component;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.CsvDownload.Csv;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.Slice;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the matching entries, newest first and at most {@value #MOST}. A last row tells if there are more, or if the
 * service stopped answering. Requests at most one page per second.
 */
final class AuditExport {

    static final int MOST = 10_000;
    private static final int PAGE = 500;

    /** The columns, as keys of their titles. */
    private static final List<String> COLUMNS = List.of(
            "id", "time", "actor", "role", "address", "action", "target", "reason", "outcome", "details", "result");

    private final AdminApi api;
    private final ConsoleUser user;
    private final PageBudget budget;
    private final Times times;
    private final String more;
    private final String cut;

    /** Create under the session's lock. */
    AuditExport(Component of, AdminApi api, ConsoleUser user, PageBudget budget, Times times) {
        this.api = api;
        this.user = user;
        this.budget = budget;
        this.times = times;
        this.more = of.getTranslation("audit.export-more", MOST);
        this.cut = of.getTranslation("audit.export-cut");
    }

    /** The columns' names in the page's language. */
    static List<String> header(Component of) {
        return COLUMNS.stream()
                .map(column -> of.getTranslation("audit." + column))
                .toList();
    }

    /** Call without the session's lock. */
    void write(Query filter, String before, Csv csv) throws IOException {
        String place = before;
        int rows = 0;
        while (true) {
            Slice<AuditEntry> page;
            try {
                budget.take();
                page = api.audit(user, filter.with("before", place).with("count", Math.min(PAGE, MOST - rows)));
            } catch (ServiceAwayException | RefusedException e) {
                csv.row(List.of(cut));
                return;
            }
            for (AuditEntry entry : page.items()) {
                csv.row(row(entry));
            }
            rows += page.items().size();
            String next = page.before();
            if (next == null) {
                return;
            }
            if (rows >= MOST) {
                csv.row(List.of(more));
                return;
            }
            place = next;
        }
    }

    private List<String> row(AuditEntry entry) {
        return List.of(
                entry.id(),
                times.day(entry.at()),
                entry.actor(),
                entry.role(),
                entry.address(),
                entry.action(),
                entry.target(),
                Objects.requireNonNullElse(entry.reason(), ""),
                Objects.requireNonNullElse(entry.outcome(), ""),
                JsonMapper.shared().writeValueAsString(entry.details()),
                entry.result() == null ? "" : JsonMapper.shared().writeValueAsString(entry.result()));
    }
}
