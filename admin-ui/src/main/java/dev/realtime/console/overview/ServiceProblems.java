package dev.realtime.console.overview;

import com.vaadin.flow.component.Component;
import java.util.List;

/**
 * What the service says of itself. Its sentences are English and for its log; those that begin with a known code have a
 * text in the page's language, with the service's own words behind it.
 */
final class ServiceProblems {

    private static final List<String> CODES = List.of(
            "redis_memory",
            "backplane_full",
            "backplane_read_only",
            "backplane_forbidden",
            "backplane_misconfigured",
            "backplane_not_ready",
            "backplane_refused",
            "protocol_version",
            "clock_skew",
            "board_not_loaded");

    private ServiceProblems() {}

    static String words(Component of, String code, String sentence) {
        String text = CODES.contains(code)
                ? of.getTranslation("problem." + code.replace('_', '-'))
                : of.getTranslation("problem.other");
        return text + " (" + sentence + ")";
    }
}
