package dev.realtime.console.security;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.component.orderedlayout.FlexComponent.Alignment;
import com.vaadin.flow.component.orderedlayout.FlexComponent.JustifyContentMode;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.realtime.console.security.LoginFailure.Reason;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

/**
 * The login page: with a password if there are such users, and with each OIDC provider. The parameter {@code error}
 * names the cause of a failure.
 */
@Route(value = "login", autoLayout = false)
@AnonymousAllowed
class LoginView extends VerticalLayout implements BeforeEnterObserver, HasDynamicTitle {

    private final LoginForm form = new LoginForm();

    LoginView(ConsoleProperties properties, ObjectProvider<ClientRegistrationRepository> clients) {
        setSizeFull();
        getElement().setAttribute("role", "main");
        form.getElement().setProperty("headingLevel", 1);
        setAlignItems(Alignment.CENTER);
        setJustifyContentMode(JustifyContentMode.CENTER);
        form.setAction("login");
        form.setForgotPasswordButtonVisible(false);
        form.setI18n(texts(Reason.CREDENTIALS));
        boolean passwords = !properties.allUsers().isEmpty();
        form.getElement().setProperty("noAutofocus", !passwords);
        form.setEnabled(passwords);
        add(form);
        clients.ifAvailable(this::addProviders);
    }

    private void addProviders(ClientRegistrationRepository repository) {
        if (repository instanceof Iterable<?> registrations) {
            for (Object each : registrations) {
                if (each instanceof ClientRegistration client) {
                    var link = new Anchor(
                            "oauth2/authorization/" + client.getRegistrationId(),
                            getTranslation("login.provider", client.getClientName()));
                    link.setRouterIgnore(true);
                    link.setId("provider-" + client.getRegistrationId());
                    add(link);
                }
            }
        }
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (CurrentUser.find().isPresent()) {
            event.forwardTo("");
            return;
        }
        List<String> errors = event.getLocation().getQueryParameters().getParameters("error");
        if (!errors.isEmpty()) {
            Reason reason = Arrays.stream(Reason.values())
                    .filter(each -> each.parameter().equals(errors.getFirst()))
                    .findFirst()
                    .orElse(Reason.CREDENTIALS);
            form.setI18n(texts(reason));
            form.setError(true);
        }
    }

    private LoginI18n texts(Reason reason) {
        LoginI18n texts = LoginI18n.createDefault();
        LoginI18n.Form fields = texts.getForm();
        fields.setTitle(getTranslation("login.title"));
        fields.setUsername(getTranslation("login.username"));
        fields.setPassword(getTranslation("login.password"));
        fields.setSubmit(getTranslation("login.submit"));
        LoginI18n.ErrorMessage error = texts.getErrorMessage();
        error.setTitle(getTranslation("login.error." + reason.parameter() + ".title"));
        error.setMessage(getTranslation("login.error." + reason.parameter() + ".text"));
        error.setUsername(getTranslation("login.username.required"));
        error.setPassword(getTranslation("login.password.required"));
        return texts;
    }

    @Override
    public String getPageTitle() {
        return getTranslation("login.title");
    }
}
