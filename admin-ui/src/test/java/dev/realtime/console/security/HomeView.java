package dev.realtime.console.security;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;

/** A view for tests that need one. */
@Route(value = "test-home", autoLayout = false)
@RolesAllowed(Roles.VIEWER)
class HomeView extends Div {}
