package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import java.util.function.IntConsumer;

/** For what has less room in a narrow window and cannot be told so by CSS. */
public final class WindowWidth {

    private WindowWidth() {}

    /** Tells the window's width in pixels when the component comes to a page, and whenever it changes; 0 when unknown. */
    public static void tell(Component component, IntConsumer listener) {
        component.addAttachListener(attached -> {
            var page = attached.getUI().getPage();
            listener.accept(Math.max(0, page.getExtendedClientDetails().getWindowInnerWidth()));
            var resizing = page.addBrowserWindowResizeListener(resized -> listener.accept(resized.getWidth()));
            component.addDetachListener(detached -> {
                resizing.remove();
                detached.unregisterListener();
            });
        });
    }
}
