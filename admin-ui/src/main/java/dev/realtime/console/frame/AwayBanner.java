package dev.realtime.console.frame;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.console.language.Times;
import dev.realtime.console.live.Live;
import dev.realtime.console.live.Moment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells that the page may be outdated, why and since when, and marks the page accordingly. Hidden while all is well.
 */
public final class AwayBanner extends Div {

    private static final long serialVersionUID = 1L;

    private final Span text = new Span();
    private boolean old;

    public AwayBanner(Live live) {
        addClassName("away");
        getElement().setAttribute("role", "alert");
        add(VaadinIcon.WARNING.create(), text);
        setVisible(false);
        live.tell(this, moment -> () -> show(moment));
    }

    private void show(Moment moment) {
        UI ui = getUI().orElseThrow();
        String words = words(moment, Times.of(ui));
        text.setText(words == null ? "" : words);
        setVisible(words != null);
        if (old != (words != null)) {
            old = words != null;
            ui.getPage().executeJs("document.body.toggleAttribute('data-old', $0)", old);
        }
    }

    private @Nullable String words(Moment moment, Times times) {
        Instant away = moment.service().awaySince();
        if (away != null) {
            Instant asOf = moment.service().asOf();
            return asOf == null
                    ? getTranslation("frame.never", times.brief(away))
                    : getTranslation("frame.service-away", times.brief(away), times.brief(asOf));
        }
        Instant redis = moment.service().redisAwaySince();
        if (redis != null) {
            return getTranslation("frame.redis-away", times.brief(redis));
        }
        return moment.deaf() ? getTranslation("frame.deaf") : null;
    }
}
