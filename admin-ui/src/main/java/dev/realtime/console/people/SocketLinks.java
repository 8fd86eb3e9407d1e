package dev.realtime.console.people;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Address;
import dev.realtime.contracts.SocketPresence;
import java.util.List;
import java.util.Map;

/** A person's sockets. Each leads to its details in the connections, where administrators act on it. */
final class SocketLinks extends Div {

    private static final long serialVersionUID = 1L;

    private final transient Times times;
    private transient List<SocketPresence> shown = List.of();

    SocketLinks(Times times) {
        this.times = times;
        addClassName("socket-links");
        getElement().setAttribute("role", "list");
    }

    void show(List<SocketPresence> sockets) {
        if (sockets.equals(shown) && getComponentCount() > 0) {
            return;
        }
        shown = List.copyOf(sockets);
        removeAll();
        if (sockets.isEmpty()) {
            Span none = new Span(getTranslation("people.no-sockets"));
            none.addClassName("quiet");
            add(none);
        }
        for (SocketPresence socket : sockets) {
            Anchor link = new Anchor(
                    Address.link("connections", Map.of("socket", socket.socketId())),
                    getTranslation("people.socket", times.brief(socket.connectedAt())));
            Span where = new Span(socket.transport() + " · " + socket.instance() + " · " + socket.address());
            where.addClassName("quiet");
            Div item = new Div(link, where);
            item.getElement().setAttribute("role", "listitem");
            add(item);
        }
    }
}
