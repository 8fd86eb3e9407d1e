package dev.realtime.console.frame;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.realtime.console.live.Live;
import jakarta.annotation.security.PermitAll;

/** The frame around every view: navigation, the state of the service, and the user. */
@PermitAll
public final class MainLayout extends AppLayout implements AfterNavigationObserver {

    private static final long serialVersionUID = 1L;

    private final H1 title = new H1();

    public MainLayout(Live live, AuthenticationContext authentication) {
        addClassName("frame");
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel(getTranslation("frame.menu"));
        Div bar = new Div(title, new StateLine(live), new UserMenu(authentication));
        bar.addClassName("frame-bar");
        Div navbar = new Div(new Div(toggle, bar), new AwayBanner(live), new Pulse(live));
        navbar.addClassName("frame-navbar");
        addToNavbar(navbar);
        addToDrawer(brand(), new Scroller(navigation()));
        setPrimarySection(Section.DRAWER);
    }

    private Component brand() {
        Span mark = new Span();
        mark.addClassName("brand-mark");
        mark.getElement().setAttribute("aria-hidden", "true");
        Header header = new Header(mark, new Span(getTranslation("frame.name")));
        header.addClassName("brand");
        return header;
    }

    private SideNav navigation() {
        SideNav navigation = new SideNav();
        navigation.getElement().setAttribute("aria-label", getTranslation("frame.navigation"));
        for (Place place : Place.values()) {
            SideNavItem item = new SideNavItem(
                    getTranslation(place.key()), place.path(), place.icon().create());
            item.setMatchNested(!place.path().isEmpty());
            navigation.addItem(item);
        }
        return navigation;
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        String name = getContent() instanceof HasDynamicTitle titled ? titled.getPageTitle() : "";
        title.setText(name);
    }
}
