package dev.realtime.console.send;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.language.Sizes;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.admin.NotificationSent;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The number of sockets that the last notification was written to, updated until it stays the same. */
final class Progress extends Div {

    private static final long serialVersionUID = 1L;

    /** Seconds without a change after which the number counts as final. */
    private static final int STILL = 6;

    private final AdminApi api;
    private final ConsoleUser user;
    private final Span text = new Span();
    private final ProgressBar bar = new ProgressBar();
    private final Div instances = new Div();
    private final Anchor link = new Anchor();
    private volatile @Nullable NotificationSent followed;
    private Map<String, Integer> last = Map.of();
    private int same;

    Progress(AdminApi api, ConsoleUser user, Live live) {
        this.api = api;
        this.user = user;
        addClassNames("progress", "notification-sent");
        text.getElement().setAttribute("role", "status");
        instances.addClassName("progress-instances");
        link.setText(getTranslation("send.event"));
        bar.getElement().setAttribute("aria-hidden", "true");
        add(text, bar, instances, link);
        setVisible(false);
        live.tell(this, this::ask);
    }

    void follow(NotificationSent sent) {
        String event = sent.id();
        if (event == null) {
            return;
        }
        last = Map.of();
        same = 0;
        followed = sent;
        link.setHref("events" + Query.none().with("id", event));
        setVisible(true);
        show(sent, Map.of(), false);
    }

    private @Nullable Runnable ask(Moment moment) {
        NotificationSent sent = followed;
        String event = sent == null ? null : sent.id();
        if (sent == null || event == null) {
            return null;
        }
        try {
            Map<String, Integer> written = new TreeMap<>(api.event(user, event).written());
            return () -> {
                if (sent.equals(followed)) {
                    same = written.equals(last) ? same + 1 : 0;
                    last = written;
                    boolean still = same >= STILL;
                    if (still) {
                        followed = null;
                    }
                    show(sent, written, still);
                }
            };
        } catch (ServiceAwayException | RefusedException e) {
            // The last number stays; counting continues when the service is back.
            return null;
        }
    }

    private void show(NotificationSent sent, Map<String, Integer> written, boolean still) {
        int sum = written.values().stream().mapToInt(Integer::intValue).sum();
        int meant = sent.audience().sockets();
        text.setText(
                getTranslation(still ? "send.written-still" : "send.written", Sizes.number(sum, getLocale()), meant));
        bar.setMax(Math.max(1, Math.max(meant, sum)));
        bar.setValue(Math.min(sum, bar.getMax()));
        instances.removeAll();
        written.forEach(
                (instance, count) -> instances.add(new Span(instance + " " + Sizes.number(count, getLocale()))));
    }
}
