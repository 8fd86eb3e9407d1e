package dev.realtime.console.events;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.progressbar.ProgressBar;
import dev.realtime.console.language.Times;
import java.time.Duration;
import java.time.Instant;

/** How far back a search has come, of how much, and a button that stops it. Hidden while nothing is searched. */
final class SearchProgress extends Div {

    private static final long serialVersionUID = 1L;

    private final ProgressBar bar = new ProgressBar();
    private final Span words = new Span();

    /** @param stop called when the user stops the search */
    SearchProgress(Runnable stop) {
        addClassName("search-progress");
        bar.getElement().setAttribute("aria-label", getTranslation("events.searching"));
        words.addClassName("quiet");
        words.getElement().setAttribute("role", "status");
        Button button = new Button(getTranslation("events.stop"), VaadinIcon.STOP.create(), click -> stop.run());
        button.addThemeVariants(ButtonVariant.SMALL);
        add(bar, words, button);
        setVisible(false);
    }

    /**
     * Shows how far it is.
     *
     * @param begin where the search began
     * @param reached down to where everything has been searched
     * @param end where it will end
     */
    void show(Instant begin, Instant reached, Instant end, Times times) {
        double share = share(begin, reached, end);
        bar.setValue(share);
        words.setText(getTranslation(
                "events.searching-to", times.day(reached), times.day(end), (int) Math.floor(share * 100)));
        setVisible(true);
    }

    void hide() {
        setVisible(false);
    }

    /** The searched part of the time to search, from 0 to 1. */
    static double share(Instant begin, Instant reached, Instant end) {
        double all = Duration.between(end, begin).toMillis();
        double done = Duration.between(reached, begin).toMillis();
        return all <= 0 ? 1 : Math.clamp(done / all, 0, 1);
    }
}
