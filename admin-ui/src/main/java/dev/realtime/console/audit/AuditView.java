package dev.realtime.console.audit;

import com.vaadin.flow.component.AbstractField.ComponentValueChangeEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.api.ShortPages;
import dev.realtime.console.frame.MainLayout;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.CsvDownload;
import dev.realtime.console.parts.DetailHistory;
import dev.realtime.console.parts.Errand;
import dev.realtime.console.parts.LightTable;
import dev.realtime.console.parts.PageBudget;
import dev.realtime.console.parts.PagePlaces;
import dev.realtime.console.parts.TimeField;
import dev.realtime.console.parts.Words;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.security.CurrentUser;
import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.Slice;
import jakarta.annotation.security.PermitAll;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audit, page by page from the newest entry. The newest page updates itself, at most once in 5 s. */
@PermitAll
@StyleSheet("audit.css")
@Route(value = "audit", layout = MainLayout.class)
public final class AuditView extends Div implements HasDynamicTitle, BeforeEnterObserver {

    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final AdminApi api;
    private final ConsoleUser user = CurrentUser.get();
    private final PageBudget budget = PageBudget.ofSession();
    private final TextField actor = new TextField();
    private final ComboBox<String> action = new ComboBox<>();
    private final TextField text = new TextField();
    private final TimeField before = new TimeField(getTranslation("audit.before"));
    private final Button older = new Button(VaadinIcon.ARROW_DOWN.create());
    private final Button newer = new Button(VaadinIcon.ARROW_UP.create());
    private final Span state = new Span();
    private final LightTable table;
    private final AuditSheet sheet = new AuditSheet();
    private final PagePlaces places = new PagePlaces();
    private final Errand errand = new Errand(this);
    private List<AuditEntry> shown = List.of();
    private final DetailHistory history = new DetailHistory("audit");
    private String opened = "";
    private boolean arriving;
    private @Nullable String olderThan;
    private volatile Query asked = Query.none();
    private volatile String askedBefore = "";
    private volatile Instant refreshed = Instant.now();

    public AuditView(AdminApi api, Live live) {
        this.api = api;
        addClassNames("view", "audit");
        table = new LightTable(getTranslation("frame.audit"), AuditRows.columns(this), this::open);
        table.none(getTranslation("parts.loading"));
        sheet.addOpenedChangeListener(change -> {
            if (!change.isOpened()) {
                opened = "";
                table.mark("");
                if (!arriving) {
                    address();
                }
            }
        });
        for (TextField field : List.of(actor, text)) {
            field.setClearButtonVisible(true);
            field.setValueChangeMode(ValueChangeMode.LAZY);
            field.addValueChangeListener(this::changed);
        }
        actor.setLabel(getTranslation("audit.actor"));
        text.setLabel(getTranslation("audit.text"));
        action.setLabel(getTranslation("audit.action"));
        action.setItems(AuditWords.ACTIONS);
        action.setItemLabelGenerator(each -> AuditWords.action(this, each));
        action.setClearButtonVisible(true);
        action.addValueChangeListener(this::changed);
        before.addValueChangeListener(this::changed);
        older.setText(getTranslation("audit.older"));
        older.addClickListener(click -> {
            if (olderThan != null) {
                places.older(olderThan);
                before.show(places.before(), times());
                load();
            }
        });
        newer.setText(getTranslation("audit.newer"));
        newer.addClickListener(click -> {
            places.newer();
            before.show(places.before(), times());
            load();
        });
        state.addClassNames("quiet", "audit-state");
        AuditExport export = new AuditExport(this, api, user, budget, times());
        CsvDownload download = new CsvDownload(
                getTranslation("audit.export"),
                "audit",
                times(),
                AuditExport.header(this),
                csv -> export.write(asked, askedBefore, csv));
        Div filters = new Div(actor, action, text, before);
        filters.addClassName("audit-filters");
        Div pages = new Div(newer, older, state, download);
        pages.addClassName("audit-pages");
        add(filters, pages, table);
        live.tell(this, this::refresh);
    }

    @Override
    public String getPageTitle() {
        return getTranslation("frame.audit");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        actor.setValue(Address.value(parameters, "actor"));
        text.setValue(Address.value(parameters, "text"));
        String wanted = Address.value(parameters, "action");
        action.setValue(AuditWords.ACTIONS.contains(wanted) ? wanted : null);
        places.start(Address.value(parameters, "before"));
        before.show(places.before(), times());
        arrive(Address.value(parameters, "id"));
        load();
    }

    /** Opens the entry of the address once it is there, or none. */
    private void arrive(String id) {
        arriving = true;
        if (sheet.isOpened() && !id.equals(opened)) {
            sheet.close();
        }
        opened = id;
        history.arrived(state(), !id.isEmpty());
        arriving = false;
    }

    private void changed(ComponentValueChangeEvent<?, ?> change) {
        if (change.isFromClient()) {
            var time = before.getValue();
            if (change.getSource() == before) {
                places.start(
                        time == null
                                ? ""
                                : time.atZone(times().zone()).toInstant().toString());
            } else {
                places.start(time == null ? "" : places.before());
            }
            load();
        }
    }

    private Times times() {
        return Times.of(getUI().orElseGet(UI::getCurrent));
    }

    private AuditFilter filter() {
        return new AuditFilter(
                actor.getValue().strip(),
                action.getValue() == null ? "" : action.getValue(),
                text.getValue().strip());
    }

    private void load() {
        asked = filter().query();
        askedBefore = places.before();
        refreshed = Instant.now();
        address();
        Query query = asked;
        String begin = askedBefore;
        errand.run(() -> page(query, begin), this::show, this::failed);
    }

    /** Rows of another filter or page would look like the answer. */
    private void failed(RuntimeException failure) {
        String reason = Words.reason(this, failure);
        table.show(List.of());
        table.none(reason);
        state.setText(reason);
    }

    private Slice<AuditEntry> page(Query query, String begin) {
        return ShortPages.first(
                begin, place -> api.audit(user, query.with("before", place).with("count", PAGE)));
    }

    /** Fetches new entries while the newest page is shown. */
    private @Nullable Runnable refresh(Moment moment) {
        Query query = asked;
        if (!askedBefore.isEmpty() || moment.now().isBefore(refreshed.plus(PAUSE)) || !budget.takeToRefresh(1)) {
            return null;
        }
        refreshed = moment.now();
        try {
            Slice<AuditEntry> page = page(query, "");
            return () -> {
                if (query.equals(asked) && places.isNewest()) {
                    show(page);
                }
            };
        } catch (ServiceAwayException | RefusedException e) {
            // The frame reports this; the shown entries stay.
            return null;
        }
    }

    private void show(Slice<AuditEntry> page) {
        shown = page.items();
        olderThan = page.before();
        Times times = times();
        table.none(getTranslation("audit.none"));
        table.show(
                shown.stream().map(entry -> AuditRows.row(this, entry, times)).toList());
        older.setEnabled(olderThan != null);
        newer.setEnabled(!places.isNewest());
        String count = Sizes.number(shown.size(), getLocale());
        state.setText(getTranslation(places.isNewest() ? "audit.state-live" : "audit.state-past", count));
        if (!opened.isEmpty() && !sheet.isOpened()) {
            open(opened);
        }
    }

    private void open(String id) {
        shown.stream().filter(entry -> entry.id().equals(id)).findFirst().ifPresent(entry -> {
            opened = id;
            sheet.show(entry, times());
            table.mark(id);
            address();
        });
    }

    private void address() {
        history.show(getUI().orElseGet(UI::getCurrent), state(), !opened.isEmpty());
    }

    private Map<String, String> state() {
        AuditFilter filter = filter();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("actor", filter.actor());
        parameters.put("action", filter.action());
        parameters.put("text", filter.text());
        parameters.put("before", places.before());
        parameters.put("id", opened);
        return parameters;
    }
}
