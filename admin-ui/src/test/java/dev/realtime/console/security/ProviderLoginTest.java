package dev.realtime.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Logins with an OIDC provider, through all redirects, without a trusted proxy. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.cloud.function.definition=",
            "console.admin-api-secret=Zm9yIHRlc3RzIG9ubHksIG5vdGhpbmcgdG8gc2VlIGhlcmU",
            "console.oidc.role-claim=realm_access.roles",
            "console.oidc.roles.staff=viewer",
            "console.oidc.roles.bosses=admin",
            "spring.security.oauth2.client.registration.sso.client-id=console",
            "spring.security.oauth2.client.registration.sso.client-secret=of-a-test",
            "spring.security.oauth2.client.registration.sso.client-name=Our SSO",
            "spring.security.oauth2.client.registration.sso.scope=openid"
        })
@Import(ProviderLoginTest.WhoAmI.class)
class ProviderLoginTest {

    private static final OidcServer PROVIDER = start();

    private static OidcServer start() {
        try {
            return new OidcServer();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry properties) {
        properties.add("spring.security.oauth2.client.provider.sso.issuer-uri", PROVIDER::issuer);
    }

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    /** Returns the {@link CurrentUser} on an open path, so that access rules do not affect the answer. */
    @RestController
    static class WhoAmI {

        @GetMapping("/who-am-i.css")
        String whoAmI() {
            return CurrentUser.find().map(ConsoleUser::toString).orElse("nobody");
        }
    }

    @LocalServerPort
    private int port;

    private Browser browser;

    @BeforeEach
    void open() {
        PROVIDER.forging = false;
        browser = new Browser(port, Map.of("X-Forwarded-Proto", "https", "X-Forwarded-For", "10.0.0.1"));
    }

    @Test
    void usersWithARoleCanLogIn() throws Exception {
        PROVIDER.claims = Map.of(
                "preferred_username", "irina", "realm_access", Map.of("roles", List.of("other", "staff", "bosses")));
        browser.get("/login");
        String before = browser.session();
        assertThat(logIn()).isEqualTo("/");
        assertThat(browser.session()).isNotEqualTo(before);
        assertThat(browser.get("/test-home").statusCode()).isEqualTo(200);
        assertThat(browser.get("/who-am-i.css").body()).isEqualTo("ConsoleUser[name=sso:irina, role=ADMIN]");
    }

    @Test
    void theNameIsTheAddressOrElseTheSubject() throws Exception {
        PROVIDER.claims = Map.of("email", "i@example.com", "realm_access", Map.of("roles", "staff"));
        logIn();
        assertThat(browser.get("/who-am-i.css").body()).isEqualTo("ConsoleUser[name=sso:i@example.com, role=VIEWER]");
        open();
        PROVIDER.claims = Map.of("realm_access", Map.of("roles", "staff"));
        logIn();
        assertThat(browser.get("/who-am-i.css").body()).isEqualTo("ConsoleUser[name=sso:sub-17, role=VIEWER]");
    }

    /** No name of a provider's user passes for the console's own admin, not even an unreadable one. */
    @Test
    void providersUsersCannotHaveNamesOfTheConsole() throws Exception {
        PROVIDER.claims = Map.of("preferred_username", "admin", "realm_access", Map.of("roles", "staff"));
        logIn();
        assertThat(browser.get("/who-am-i.css").body()).isEqualTo("ConsoleUser[name=sso:admin, role=VIEWER]");
        open();
        PROVIDER.claims = Map.of(
                "preferred_username",
                "admin\u202E",
                "email",
                "boss@example.com",
                "email_verified",
                false,
                "realm_access",
                Map.of("roles", "staff"));
        logIn();
        assertThat(browser.get("/who-am-i.css").body()).isEqualTo("ConsoleUser[name=sso:sub-17, role=VIEWER]");
    }

    @Test
    void usersWithoutARoleAreToldSo() throws Exception {
        PROVIDER.claims = Map.of("preferred_username", "oleg", "roles", "bosses");
        assertThat(logIn()).isEqualTo("/login?error=role");
        assertThat(browser.location(browser.get("/test-home"))).isEqualTo("/login");
        assertThat(browser.get("/who-am-i.css").body()).isEqualTo("nobody");
    }

    @Test
    void refusesTokensNotSignedByTheProvider() throws Exception {
        PROVIDER.claims = Map.of("realm_access", Map.of("roles", "bosses"));
        PROVIDER.forging = true;
        assertThat(logIn()).isEqualTo("/login?error=oidc");
        assertThat(browser.get("/who-am-i.css").body()).isEqualTo("nobody");
    }

    @Test
    void refusesACodeWithAForeignState() throws Exception {
        browser.get("/login");
        assertThat(browser.location(browser.get("/login/oauth2/code/sso?code=stolen&state=other")))
                .isEqualTo("/login?error=oidc");
    }

    @Test
    void ignoresHeadersOfUntrustedProxies() throws Exception {
        assertThat(browser.get("/login").headers().firstValue("Strict-Transport-Security"))
                .isEmpty();
    }

    /** Follows the redirects to the provider and back, and returns the last target. */
    private String logIn() throws Exception {
        String provider = browser.location(browser.get("/oauth2/authorization/sso"));
        assertThat(provider).startsWith(PROVIDER.issuer() + "/authorize?").contains("nonce=", "state=");
        try (HttpClient http = HttpClient.newHttpClient()) {
            String back = http.send(HttpRequest.newBuilder(URI.create(provider)).build(), BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(back).startsWith("http://127.0.0.1:" + port + "/login/oauth2/code/sso?");
            return browser.location(browser.get(back));
        }
    }
}
