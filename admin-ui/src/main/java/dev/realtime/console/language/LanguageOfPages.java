package dev.realtime.console.language;

import com.vaadin.flow.server.HttpStatusCode;
import com.vaadin.flow.server.RouteRegistry;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.springframework.stereotype.Component;

/** Renders each page in the user's language and colours from the start, without a flash of others. */
@Component
final class LanguageOfPages implements VaadinServiceInitListener {

    private static final long serialVersionUID = 1L;

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource()
                .addSessionInitListener(init -> init.getSession()
                        .setLocale(Preferences.language(init.getRequest()).locale()));
        event.addIndexHtmlRequestListener(response -> {
            // The page itself says so too, once it is loaded.
            String path = response.getVaadinRequest().getPathInfo();
            if (path != null && !isView(event.getSource().getRouter().getRegistry(), path)) {
                response.getVaadinResponse().setStatus(HttpStatusCode.NOT_FOUND.getCode());
            }
            var html = response.getDocument().root().selectFirst("html");
            if (html != null) {
                html.attr(
                        "lang",
                        Preferences.language(response.getVaadinRequest())
                                .locale()
                                .toLanguageTag());
                html.attr(
                        "style",
                        "color-scheme: "
                                + Preferences.colours(response.getVaadinRequest())
                                        .getValue());
            }
        });
    }

    private static boolean isView(RouteRegistry views, String path) {
        return views.getNavigationTarget(path.replaceFirst("^/", "")).isPresent();
    }
}
