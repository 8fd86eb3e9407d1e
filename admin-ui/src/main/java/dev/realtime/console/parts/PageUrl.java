package dev.realtime.console.parts;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is shown, as the page's address: so that it can be shared, and survives a reload. */
public final class PageUrl {

    private PageUrl() {}

    /**
     * Writes it to the browser's address line, without a new entry in its history.
     *
     * @param parameters those that are empty are left out
     */
    public static void show(UI ui, String path, Map<String, String> parameters) {
        ui.getPage().getHistory().replaceState(null, new Location(path, of(parameters)));
    }

    /** The parameters of a link to a view. */
    public static QueryParameters of(Map<String, String> parameters) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (!value.isBlank()) {
                given.put(name, List.of(value));
            }
        });
        return new QueryParameters(given);
    }

    /** A parameter's first value; empty when it is not there. */
    public static String get(QueryParameters parameters, String name) {
        return parameters.getSingleParameter(name).orElse("");
    }
}
