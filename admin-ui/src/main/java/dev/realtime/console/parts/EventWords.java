package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import dev.realtime.contracts.BroadcastEvent;

/** What an event is called in the page's language. */
public final class EventWords {

    private EventWords() {}

    /** @param wireName the event's name on the wire; an unknown one stays as it is */
    public static String of(Component of, String wireName) {
        return BroadcastEvent.ofWireName(wireName).isPresent()
                ? of.getTranslation("event." + wireName.replace(':', '-'))
                : wireName;
    }
}
