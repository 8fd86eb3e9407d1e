package dev.realtime.console.wall;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import dev.realtime.console.calls.CallThresholds;
import dev.realtime.console.parts.BrowserScript;
import dev.realtime.contracts.board.LiveCall;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The wallboard's switches: a sound for calls that wait for too long, and the full screen. Both work in the browser,
 * which allows them after a click only and remembers the sound.
 */
final class WallSwitches extends Div {

    private static final long serialVersionUID = 1L;

    private static final String BROWSER = BrowserScript.read("wall.js");

    private final CallThresholds thresholds;
    private final NativeButton sound = new NativeButton(getTranslation("wall.sound-off"));
    private final NativeButton screen = new NativeButton(getTranslation("wall.screen"));
    private ArrayNode told = JsonNodeFactory.instance.arrayNode();

    WallSwitches(CallThresholds thresholds) {
        this.thresholds = thresholds;
        addClassName("wall-switches");
        sound.addClassName("wall-sound");
        screen.addClassName("wall-screen");
        add(sound, screen);
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        getElement()
                .executeJs(
                        BROWSER,
                        (double) thresholds.warnAfter().toSeconds(),
                        getTranslation("wall.sound-on"),
                        getTranslation("wall.sound-off"),
                        getTranslation("wall.sound-blocked"));
        getElement().executeJs("this.waiting($0)", told);
    }

    /** Tells the browser which calls wait, and since when. */
    void waiting(List<LiveCall> calls) {
        ArrayNode now = JsonNodeFactory.instance.arrayNode();
        calls.forEach(call ->
                now.addArray().add(call.id().toString()).add(call.stageSince().toEpochMilli()));
        if (!now.equals(told)) {
            told = now;
            getElement().executeJs("this.waiting($0)", now);
        }
    }
}
