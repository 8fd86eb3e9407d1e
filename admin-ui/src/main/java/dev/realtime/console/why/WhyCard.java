package dev.realtime.console.why;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H4;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import dev.realtime.console.language.Times;
import dev.realtime.console.parts.Address;
import dev.realtime.console.parts.Facts;
import dev.realtime.console.parts.RoomWords;
import dev.realtime.contracts.admin.WhyAnswer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One answer: in a few words, with what is behind it, the sockets, and one click away the technical names. */
final class WhyCard extends Div {

    private static final long serialVersionUID = 1L;

    /** @param name what the user is called */
    WhyCard(WhyAnswer answer, String name, Times times) {
        Verdict verdict = Verdict.of(answer.reason());
        addClassNames("why-card", verdict.css());
        Icon icon = verdict.icon().create();
        icon.getElement().setAttribute("aria-hidden", "true");
        Span headline = new Span(name + ": " + WhyWords.headline(this, answer.reason()));
        headline.addClassName("why-headline");
        Div head = new Div(icon, headline);
        head.addClassName("why-head");
        add(head);
        String explanation = WhyWords.explanation(this, answer, times);
        if (!explanation.isEmpty()) {
            add(new Div(explanation));
        }
        if (!answer.sockets().isEmpty()) {
            add(sockets(answer.sockets(), times));
        }
        add(technical(answer));
    }

    private Component sockets(List<WhyAnswer.Socket> sockets, Times times) {
        Div list = new Div();
        list.addClassName("why-sockets");
        list.getElement().setAttribute("role", "list");
        for (WhyAnswer.Socket socket : sockets) {
            Span words = new Span(WhyWords.socket(this, socket));
            words.addClassNames("why-socket-words", Verdict.of(socket.reason()).css());
            Span life = new Span(WhyWords.life(this, socket, times));
            Span rooms = new Span(
                    socket.rooms().isEmpty()
                            ? getTranslation("why.no-rooms")
                            : getTranslation("why.rooms", rooms(socket.rooms())));
            rooms.addClassName("quiet");
            Div item = new Div(words, life, rooms);
            item.getElement().setAttribute("role", "listitem");
            list.add(item);
        }
        Div all = new Div(new H4(getTranslation("why.sockets", sockets.size())), list);
        all.addClassName("why-all");
        return all;
    }

    private String rooms(List<String> rooms) {
        return rooms.stream().map(room -> RoomWords.of(this, room)).collect(Collectors.joining(", "));
    }

    private Component technical(WhyAnswer answer) {
        Div content = new Div(facts(answer.reason().wireName(), answer.code(), null));
        for (WhyAnswer.Socket socket : answer.sockets()) {
            Div one = new Div(
                    new Anchor(Address.link("connections", Map.of("socket", socket.socketId())), socket.socketId()),
                    facts(socket.reason().wireName(), socket.code(), socket.instance()));
            one.addClassName("why-technical");
            content.add(one);
        }
        Details details = new Details(getTranslation("why.technical"), content);
        details.addClassName("why-details");
        return details;
    }

    private Facts facts(String reason, @Nullable String code, @Nullable String instance) {
        Facts facts = new Facts();
        facts.set(getTranslation("why.name-reason"), reason, "mono");
        if (code != null) {
            facts.set(getTranslation("why.name-code"), code, "mono");
        }
        if (instance != null) {
            facts.set(getTranslation("why.name-instance"), instance, "mono");
        }
        return facts;
    }
}
