package dev.realtime.console.parts;

import com.vaadin.flow.router.QueryParameters;
import dev.realtime.console.api.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a list is filtered by: parameters of the service that the address holds under the same names; empty values are
 * left out.
 *
 * @param names the names of all parameters, in the order of the address
 * @param values the values by name
 */
public record Criteria(List<String> names, Map<String, String> values) {

    /** The parameter for a part of any text of a row. */
    public static final String TEXT = "text";

    public Criteria {
        names = List.copyOf(names);
        values = Map.copyOf(values);
    }

    /** No criteria yet. */
    public static Criteria none(List<String> names) {
        return new Criteria(names, Map.of());
    }

    /** The criteria of an address. */
    public Criteria of(QueryParameters parameters) {
        Criteria criteria = none(names);
        for (String name : names) {
            criteria = criteria.with(name, Address.value(parameters, name));
        }
        return criteria;
    }

    /** The value of a parameter; empty if it is not given. */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    public Criteria with(String name, String value) {
        Map<String, String> other = new LinkedHashMap<>(values);
        if (value.isBlank()) {
            other.remove(name);
        } else {
            other.put(name, value.strip());
        }
        return new Criteria(names, other);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The query for the service. */
    public Query query() {
        Query query = Query.none();
        for (String name : names) {
            query = query.with(name, value(name));
        }
        return query;
    }

    /** The parameters of the address. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        names.forEach(name -> parameters.put(name, value(name)));
        return parameters;
    }
}
