package dev.realtime.console.audit;

import com.vaadin.flow.component.Component;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.LightTable.Cell;
import dev.realtime.console.parts.LightTable.Column;
import dev.realtime.console.parts.LightTable.Piece;
import dev.realtime.console.parts.LightTable.Row;
import dev.realtime.contracts.admin.AuditEntry;
import java.util.List;

/** Converts audit entries to rows of a table. */
final class AuditRows {

    private AuditRows() {}

    static List<Column> columns(Component of) {
        return List.of(
                new Column(of.getTranslation("audit.time"), "audit-time"),
                new Column(of.getTranslation("audit.actor"), "audit-actor"),
                new Column(of.getTranslation("audit.role"), "widest quiet"),
                new Column(of.getTranslation("audit.address"), "widest quiet"),
                new Column(of.getTranslation("audit.action"), "audit-action"),
                new Column(of.getTranslation("audit.target"), "audit-target wide"),
                new Column(of.getTranslation("audit.reason"), "audit-reason wide"),
                new Column(of.getTranslation("audit.outcome"), "audit-outcome"));
    }

    static Row row(Component of, AuditEntry entry, Times times) {
        String reason = entry.reason();
        return new Row(
                entry.id(),
                List.of(
                        Cell.of(times.brief(entry.at())),
                        Cell.of(entry.actor()),
                        Cell.of(AuditWords.role(of, entry.role())),
                        Cell.of(entry.address()),
                        Cell.of(AuditWords.action(of, entry.action())),
                        new Cell(List.of(new Piece(AuditWords.target(of, entry), "", entry.target())), ""),
                        Cell.of(reason == null ? "" : reason),
                        new Cell(
                                List.of(new Piece(
                                        AuditWords.outcome(of, entry),
                                        "outcome " + AuditWords.colour(entry.outcome()))),
                                "")));
    }
}
