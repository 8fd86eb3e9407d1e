package dev.realtime.console.testing;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasText;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.server.VaadinSession;
import dev.realtime.console.language.Language;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.security.test.context.support.WithMockUser;

/**
 * Tests a page without a browser: with its real components and the real client of the API, connected to a stub of the
 * service. In English and as an administrator, unless a test has its own {@code @WithMockUser}.
 */
@WithMockUser(
        username = "irina",
        authorities = {"ROLE_viewer", "ROLE_operator-admin", "ROLE_admin"})
public abstract class PageTest extends SpringBrowserlessTest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    @BeforeEach
    void inEnglish() {
        VaadinSession.getCurrent().setLocale(Language.ENGLISH.locale());
        UI.getCurrent().setLocale(Language.ENGLISH.locale());
    }

    /** Opens an address such as {@code rooms?kind=city}. */
    protected static void go(String address) {
        Location location = new Location(address);
        UI.getCurrent().navigate(location.getPath(), location.getQueryParameters());
        roundTrip();
    }

    /** Updates the page until the condition holds. What it looks for may not be on the page yet. */
    protected static void await(String what, BooleanSupplier holds) {
        Instant end = Instant.now().plus(LONGEST);
        while (true) {
            roundTrip();
            NoSuchElementException missing = null;
            try {
                if (holds.getAsBoolean()) {
                    return;
                }
            } catch (NoSuchElementException e) {
                missing = e;
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Timed out waiting for " + what, missing);
            }
            var lock = VaadinSession.getCurrent().getLockInstance();
            lock.unlock();
            try {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            } finally {
                lock.lock();
            }
        }
    }

    /** The texts of all visible parts of a component, concatenated. */
    protected static String textOf(Component component) {
        return component.getElement().getTextRecursively();
    }

    /** Finds a button by its text or its label for screen readers. */
    protected Button button(String name) {
        return find(Button.class)
                .withCondition(button -> name.equals(button.getText())
                        || name.equals(button.getAriaLabel().orElse("")))
                .single();
    }

    protected boolean hasButton(String name) {
        return find(Button.class)
                .withCondition(button -> name.equals(button.getText())
                        || name.equals(button.getAriaLabel().orElse("")))
                .exists();
    }

    /** Enters a reason in the open dialog and presses the button of that name. */
    protected void confirm(String name, String reason) {
        Dialog dialog = find(Dialog.class).last();
        test(find(TextArea.class, dialog).single()).setValue(reason);
        test(find(Button.class, dialog).withText(name).single()).click();
    }

    /** Waits until the last message contains these texts. */
    protected void awaitTold(String... texts) {
        await(
                "the message " + String.join(", ", texts),
                () -> find(Notification.class).exists() && Stream.of(texts).allMatch(told()::contains));
    }

    /** The last message shown. */
    protected String told() {
        return textOfNotification(find(Notification.class).last());
    }

    private String textOfNotification(Notification notification) {
        return notification instanceof HasText text
                ? text.getText()
                : test(notification).getText();
    }
}
