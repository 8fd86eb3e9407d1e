package dev.realtime.console.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the service on its own thread, so that the page stays usable, and shows the answer under the session's lock. Of
 * several pending questions, only the last one's answer is shown.
 */
public final class Errand {

    private static final Logger log = LoggerFactory.getLogger(Errand.class);

    private final Component owner;
    private final AtomicLong number = new AtomicLong();

    /** @param owner the component that is changed; nothing is shown while it is not on a page */
    public Errand(Component owner) {
        this.owner = owner;
    }

    /** Call under the session's lock. Failures are shown as messages. */
    public <T> void run(Supplier<T> question, Consumer<T> answer) {
        run(question, answer, failure -> Words.failure(owner, failure));
    }

    /**
     * Call under the session's lock.
     *
     * @param failed called under the lock if the service is unavailable or refuses
     */
    public <T> void run(Supplier<T> question, Consumer<T> answer, Consumer<RuntimeException> failed) {
        long mine = number.incrementAndGet();
        UI ui = owner.getUI().orElseGet(UI::getCurrent);
        Thread.ofVirtual().name("errand").start(() -> {
            try {
                T found = question.get();
                show(ui, mine, () -> answer.accept(found));
            } catch (ServiceAwayException | RefusedException e) {
                show(ui, mine, () -> failed.accept(e));
            }
        });
    }

    /** Discards pending answers. */
    public void forget() {
        number.incrementAndGet();
    }

    private void show(UI ui, long mine, Runnable change) {
        try {
            ui.access(() -> {
                if (mine == number.get()) {
                    change.run();
                }
            });
        } catch (UIDetachedException e) {
            log.debug("The page is gone", e);
        }
    }
}
