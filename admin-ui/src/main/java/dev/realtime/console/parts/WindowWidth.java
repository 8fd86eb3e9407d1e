package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import java.util.function.IntConsumer;

/** Reports the window's width to components that cannot adapt through CSS. */
public final class WindowWidth {

    private WindowWidth() {}

    /**
     * Reports the window's width in pixels when the component is attached to a page and whenever it changes; 0 if
     * unknown.
     */
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
