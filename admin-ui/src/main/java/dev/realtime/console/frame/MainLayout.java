package dev.realtime.console.frame;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Nav;
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

    private static final String VIEW = "view";

    /** The fragment would stay in the address, and the view's own changes of the address would lose it. */
    private static final String SKIP =
            "this.onclick = event => { event.preventDefault(); document.getElementById($0)?.focus(); }";

    private final H1 title = new H1();

    public MainLayout(Live live, AuthenticationContext authentication) {
        addClassName("frame");
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel(getTranslation("frame.menu"));
        Div bar = new Div(title, new StateLine(live), new UserMenu(authentication));
        bar.addClassName("frame-bar");
        Header head = new Header(skip(), toggle, bar);
        head.addClassName("frame-head");
        Div navbar = new Div(head, new AwayBanner(live), new Pulse(live));
        navbar.addClassName("frame-navbar");
        addToNavbar(navbar);
        Nav places = new Nav(brand(), new Scroller(navigation()));
        places.getElement().setAttribute("aria-label", getTranslation("frame.navigation"));
        addToDrawer(places);
        setPrimarySection(Section.DRAWER);
        setI18n(new AppLayoutI18n().setDrawer(getTranslation("frame.navigation")));
    }

    /** A link behind the menu, to the view; visible while it has the focus. */
    private Component skip() {
        Anchor skip = new Anchor("#" + VIEW, getTranslation("frame.skip"));
        skip.addClassName("skip");
        skip.setRouterIgnore(true);
        skip.addAttachListener(attached -> skip.getElement().executeJs(SKIP, VIEW));
        return skip;
    }

    private Component brand() {
        Span mark = new Span();
        mark.addClassName("brand-mark");
        mark.getElement().setAttribute("aria-hidden", "true");
        Div brand = new Div(mark, new Span(getTranslation("frame.name")));
        brand.addClassName("brand");
        return brand;
    }

    private SideNav navigation() {
        SideNav navigation = new SideNav();
        // The landmark is around it.
        navigation.getElement().setAttribute("role", "presentation");
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
        getContent().getElement().setAttribute("role", "main").setAttribute("tabindex", "-1");
        getContent().setId(VIEW);
    }
}
