package dev.realtime.console.send;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.parts.Errand;
import dev.realtime.console.parts.Words;
import dev.realtime.console.send.SentPages.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sent notifications with senders and reach, newest first; older ones on demand. Notifications that others send
 * appear within a second or two.
 */
final class SentHistory extends Section {

    private static final long serialVersionUID = 1L;

    /** How long a notification's numbers may still grow. */
    private static final Duration GROWING = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final SentPages pages;
    private final @Nullable Consumer<Sent> again;
    private final Div list = new Div();
    private final Span none = new Span();
    private final Button older = new Button();
    private final Errand errand = new Errand(this);
    private final Map<String, SentItem> items = new HashMap<>();
    private List<Sent> shown = List.of();
    private @Nullable String olderThan;
    private volatile Instant asked = Instant.EPOCH;
    private volatile Instant lastSent = Instant.EPOCH;
    private volatile boolean first = true;

    /** @param again called to send a notification again; null for users who may not send */
    SentHistory(SentPages pages, Live live, @Nullable Consumer<Sent> again) {
        this.pages = pages;
        this.again = again;
        addClassNames("card", "history");
        list.addClassName("history-list");
        list.getElement().setAttribute("role", "list");
        none.addClassName("quiet");
        none.setText(getTranslation("send.loading"));
        older.setText(getTranslation("send.older"));
        older.setVisible(false);
        older.setDisableOnClick(true);
        older.addClickListener(click -> older());
        add(new H2(getTranslation("send.history")), none, list, older);
        live.tell(this, this::refresh);
    }

    /** Refreshes at once, after sending or an attempt. */
    void expect() {
        lastSent = Instant.now();
        asked = Instant.EPOCH;
    }

    private @Nullable Runnable refresh(Moment moment) {
        Instant newest = pages.lastNotification();
        if (newest.isAfter(lastSent)) {
            lastSent = newest;
        }
        boolean growing = moment.now().isBefore(lastSent.plus(GROWING));
        if (!first && !growing && !asked.isBefore(lastSent) || moment.now().isBefore(asked.plus(PAUSE))) {
            return null;
        }
        asked = moment.now();
        try {
            Page page = pages.before("");
            first = false;
            return () -> {
                none.setText(getTranslation("send.none"));
                show(merged(page));
            };
        } catch (ServiceAwayException | RefusedException e) {
            first = true;
            return () -> none.setText(Words.reason(this, e));
        }
    }

    private void older() {
        String place = olderThan;
        if (place != null) {
            errand.run(
                    () -> pages.before(place),
                    page -> {
                        List<Sent> all = new ArrayList<>(shown);
                        all.addAll(page.sent());
                        olderThan = page.before();
                        show(all);
                    },
                    failure -> {
                        older.setEnabled(true);
                        Words.failure(this, failure);
                    });
        }
    }

    /** The newest page, followed by the older notifications known already. */
    private List<Sent> merged(Page page) {
        Set<String> ids = new HashSet<>();
        page.sent().forEach(sent -> ids.add(sent.entry().id()));
        List<Sent> all = new ArrayList<>(page.sent());
        int known = 0;
        for (int i = 0; i < shown.size(); i++) {
            if (ids.contains(shown.get(i).entry().id())) {
                known = i + 1;
            }
        }
        if (known == 0) {
            // No overlap: the notifications in between are unknown, so the list starts again.
            olderThan = page.before();
        } else {
            all.addAll(shown.subList(known, shown.size()));
        }
        return all;
    }

    private void show(List<Sent> all) {
        Times times = Times.of(getUI().orElseGet(UI::getCurrent));
        Map<String, Sent> before = new HashMap<>();
        shown.forEach(sent -> before.put(sent.entry().id(), sent));
        Set<String> kept = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            Sent sent = all.get(i);
            String id = sent.entry().id();
            kept.add(id);
            SentItem item = items.get(id);
            if (item == null || !sent.equals(before.get(id))) {
                SentItem fresh = new SentItem(sent, times, again);
                items.put(id, fresh);
                if (item == null) {
                    list.addComponentAtIndex(i, fresh);
                } else {
                    list.replace(item, fresh);
                }
            }
        }
        items.entrySet().removeIf(entry -> {
            if (!kept.contains(entry.getKey())) {
                list.remove(entry.getValue());
                return true;
            }
            return false;
        });
        shown = List.copyOf(all);
        none.setVisible(shown.isEmpty());
        older.setVisible(olderThan != null);
        older.setEnabled(true);
    }
}
