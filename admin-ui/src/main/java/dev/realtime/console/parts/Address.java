package dev.realtime.console.parts;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.Map;

/** A view's state in the browser's address, so that links can be shared. */
public final class Address {

    private Address() {}

    /** The address of a view in a state; empty parameters are left out. */
    public static Location of(String path, Map<String, String> state) {
        Map<String, String> said = new LinkedHashMap<>();
        state.forEach((name, value) -> {
            if (!value.isBlank()) {
                said.put(name, value);
            }
        });
        return new Location(path, QueryParameters.simple(said));
    }

    /** The same as the target of a link. */
    public static String link(String path, Map<String, String> state) {
        return of(path, state).getPathWithQueryParameters();
    }

    /** Replaces the address without navigating. */
    public static void replace(UI ui, String path, Map<String, String> state) {
        ui.getPage().getHistory().replaceState(null, of(path, state));
    }

    /** One value of a parameter; empty if it is missing. */
    public static String value(QueryParameters parameters, String name) {
        return parameters.getSingleParameter(name).orElse("").strip();
    }
}
