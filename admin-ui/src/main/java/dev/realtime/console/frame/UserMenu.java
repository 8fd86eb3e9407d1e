package dev.realtime.console.frame;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.realtime.console.language.Language;
import dev.realtime.console.language.Preferences;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.security.CurrentUser;

/** The user's menu: name and role, colours, language, log out. */
final class UserMenu extends MenuBar {

    private static final long serialVersionUID = 1L;

    UserMenu(AuthenticationContext authentication) {
        addThemeVariants(MenuBarVariant.TERTIARY);
        addClassName("user-menu");
        ConsoleUser user = CurrentUser.get();
        MenuItem colours = addItem(VaadinIcon.ADJUST.create(), click -> switchColours());
        colours.setAriaLabel(getTranslation("frame.colours"));
        MenuItem languages = addItem(
                new Span(current().locale().getLanguage().toUpperCase(current().locale())));
        languages.setAriaLabel(getTranslation("frame.language"));
        for (Language language : Language.values()) {
            MenuItem item = languages.getSubMenu().addItem(language.ownName(), click -> speak(language));
            item.setCheckable(true);
            item.setChecked(language == current());
        }
        MenuItem person = addItem(VaadinIcon.USER.create());
        Span name = new Span(user.name());
        name.addClassName("user-name");
        person.add(name);
        person.setAriaLabel(user.name());
        SubMenu menu = person.getSubMenu();
        MenuItem who = menu.addItem(getTranslation("frame.role." + user.role().claim()));
        who.setEnabled(false);
        menu.addItem(getTranslation("frame.logout"), click -> authentication.logout());
    }

    private static Language current() {
        return Language.of(UI.getCurrent().getLocale()).orElse(Language.ENGLISH);
    }

    private static void speak(Language language) {
        Preferences.keep(language, VaadinResponse.getCurrent());
        VaadinSession.getCurrent().setLocale(language.locale());
        UI.getCurrent().getPage().reload();
    }

    private static void switchColours() {
        ColorScheme.Value now = Preferences.colours(VaadinRequest.getCurrent());
        UI ui = UI.getCurrent();
        if (now != ColorScheme.Value.LIGHT_DARK) {
            change(ui, now == ColorScheme.Value.DARK ? ColorScheme.Value.LIGHT : ColorScheme.Value.DARK);
            return;
        }
        change(
                ui,
                ui.getPage().getExtendedClientDetails().getColorScheme() == ColorScheme.Value.DARK
                        ? ColorScheme.Value.LIGHT
                        : ColorScheme.Value.DARK);
    }

    private static void change(UI ui, ColorScheme.Value colours) {
        Preferences.keep(colours, VaadinResponse.getCurrent());
        ui.getPage().setColorScheme(colours);
    }
}
