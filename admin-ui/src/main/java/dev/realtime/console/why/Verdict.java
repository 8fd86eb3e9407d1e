package dev.realtime.console.why;

import com.vaadin.flow.component.icon.VaadinIcon;
import dev.realtime.contracts.admin.WhyReason;
import java.util.Locale;

/** How an answer looks. What is not known never looks fine. */
enum Verdict {
    YES(VaadinIcon.CHECK_CIRCLE),
    NO(VaadinIcon.CLOSE_CIRCLE),
    /** Most likely not. */
    DOUBTFUL(VaadinIcon.WARNING),
    UNKNOWN(VaadinIcon.QUESTION_CIRCLE);

    private final VaadinIcon icon;

    Verdict(VaadinIcon icon) {
        this.icon = icon;
    }

    static Verdict of(WhyReason reason) {
        return switch (reason) {
            case WRITTEN, CONFIRMED -> YES;
            case OFFLINE, NOT_IN_ROOMS, REFUSED, BLOCKED, RECALLED, EXPIRED -> NO;
            case QUEUE_FULL -> DOUBTFUL;
            // Reasons of a newer service, too.
            default -> UNKNOWN;
        };
    }

    VaadinIcon icon() {
        return icon;
    }

    String css() {
        return "why-" + name().toLowerCase(Locale.ROOT);
    }
}
