package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import dev.realtime.contracts.admin.ActionResult;
import java.util.Map;
import java.util.stream.Collectors;

/** The outcome of an action on sockets in words: how many, on which instances, and which instances did not answer. */
public final class Outcome {

    private Outcome() {}

    public static String words(Component of, ActionResult result) {
        String where = result.byInstance().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> of.getTranslation("outcome.instance", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        String sockets = result.sockets() == 0
                ? of.getTranslation("outcome.nobody")
                : of.getTranslation("outcome.sockets", result.sockets(), where);
        return result.silent().isEmpty()
                ? sockets
                : sockets + " " + of.getTranslation("outcome.silent", String.join(", ", result.silent()));
    }
}
