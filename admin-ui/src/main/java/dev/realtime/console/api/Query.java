package dev.realtime.console.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.service.invoker.HttpRequestValues;

/** The parameters of a request, in the order of their addition. Null and empty values are left out. */
public final class Query {

    private record Parameter(String name, String value) {}

    private final List<Parameter> parameters;

    private Query(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    public static Query none() {
        return new Query(List.of());
    }

    /** This query with one more parameter; the same name may be added several times. */
    public Query with(String name, @Nullable Object value) {
        if (value == null || value.toString().isBlank()) {
            return this;
        }
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(new Parameter(name, value.toString().strip()));
        return new Query(more);
    }

    /** This query with the parameters of a page. */
    public Query page(int number, int size) {
        return with("page", number).with("size", size);
    }

    /** This query with the parameters of another one behind its own. */
    public Query and(Query other) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.addAll(other.parameters);
        return new Query(all);
    }

    void addTo(HttpRequestValues.Builder request) {
        parameters.forEach(each -> request.addRequestParameter(each.name, each.value));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Query query && parameters.equals(query.parameters);
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }
}
