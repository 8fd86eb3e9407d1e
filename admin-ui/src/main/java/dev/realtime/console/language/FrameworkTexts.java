package dev.realtime.console.language;

import com.vaadin.flow.component.ReconnectDialogConfiguration;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.VaadinServiceInitListener;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What the framework itself tells, in the page's language: lost connections, ended sessions, faults. */
@Component
final class FrameworkTexts implements VaadinServiceInitListener {

    private static final long serialVersionUID = 1L;

    /** Screen readers hear of it, and it belongs to no landmark. */
    private static final String INDICATOR =
            "document.querySelector('vaadin-connection-indicator')?.setAttribute('role', 'status')";

    private final transient Translations texts;

    FrameworkTexts(Translations texts) {
        this.texts = texts;
    }

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource().setSystemMessagesProvider(info -> messages(info.getLocale()));
        event.getSource().addUIInitListener(init -> {
            UI ui = init.getUI();
            ReconnectDialogConfiguration dialog = ui.getReconnectDialogConfiguration();
            dialog.setDialogText(text("frame.reconnecting", ui.getLocale()));
            dialog.setDialogTextGaveUp(text("frame.gave-up", ui.getLocale()));
            ui.getPage().executeJs(INDICATOR);
        });
    }

    private SystemMessages messages(Locale locale) {
        CustomizedSystemMessages messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(true);
        messages.setSessionExpiredCaption(text("frame.session-ended", locale));
        messages.setSessionExpiredMessage(text("frame.session-ended-why", locale));
        messages.setInternalErrorCaption(text("frame.fault", locale));
        messages.setInternalErrorMessage(text("frame.fault-why", locale));
        messages.setCookiesDisabledCaption(text("frame.cookies", locale));
        messages.setCookiesDisabledMessage(text("frame.cookies-why", locale));
        return messages;
    }

    private String text(String key, Locale locale) {
        return texts.getTranslation(key, locale);
    }
}
