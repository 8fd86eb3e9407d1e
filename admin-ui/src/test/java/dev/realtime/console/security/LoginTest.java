package dev.realtime.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Logins with a password over HTTP. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.cloud.function.definition=",
            "console.admin-api-secret=Zm9yIHRlc3RzIG9ubHksIG5vdGhpbmcgdG8gc2VlIGhlcmU",
            "console.trusted-proxies=127.0.0.1",
            "console.metrics-token=" + LoginTest.METRICS_TOKEN,
            "management.prometheus.metrics.export.enabled=true",
            // correct-horse-battery
            "console.admin-password-hash=" + LoginTest.HASH,
            "console.users[0].name=Ирина",
            "console.users[0].password-hash=" + LoginTest.HASH,
            "console.users[0].role=viewer"
        })
class LoginTest {

    static final String METRICS_TOKEN = "for-tests-only-0123456789";
    static final String PASSWORD = "correct-horse-battery";
    static final String HASH = "$2a$10$QgXeMA/TGxkK1R7SgyhS1uqLWGVqM4dH4ShEvi..RCuJG.dR3Q/fS";

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @LocalServerPort
    private int port;

    private final String address = "10.0.0." + ADDRESSES.incrementAndGet();

    @Test
    void showsOnlyTheLoginPageWithoutALogin() throws Exception {
        Browser browser = browser();
        for (String path : List.of("/test-home", "/no/such/page", "/actuator/prometheus", "/actuator/env", "/error")) {
            assertThat(browser.location(browser.get(path))).as(path).isEqualTo("/login");
        }
        assertThat(browser.get("/login").statusCode()).isEqualTo(200);
    }

    @Test
    void thePasswordOpensANewSession() throws Exception {
        Browser browser = browser();
        browser.csrf("/login");
        String before = browser.session();
        assertThat(browser.logIn("Ирина", PASSWORD)).isEqualTo("/");
        assertThat(browser.session()).isNotEmpty().isNotEqualTo(before);
        assertThat(browser.get("/test-home").statusCode()).isEqualTo(200);
    }

    @Test
    void returnsToTheRequestedPageAfterTheLogin() throws Exception {
        Browser browser = browser();
        browser.get("/test-home");
        assertThat(browser.logIn("Ирина", PASSWORD)).startsWith("/test-home");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() throws Exception {
        Browser browser = browser();
        assertThat(browser.logIn("Ирина", "wrong")).isEqualTo("/login?error=credentials");
        assertThat(browser.logIn("nobody", PASSWORD)).isEqualTo("/login?error=credentials");
        assertThat(browser.location(browser.get("/test-home"))).isEqualTo("/login");
    }

    @Test
    void aLoginNeedsTheCsrfToken() throws Exception {
        Browser browser = browser();
        browser.csrf("/login");
        HttpResponse<String> answer = browser.post("/login", Map.of("username", "admin", "password", PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(browser.location(browser.get("/test-home"))).isEqualTo("/login");
    }

    @Test
    void failuresDelayOnlyTheSameNameAtTheSameAddress() throws Exception {
        for (String user : List.of("throttled", "admin")) {
            int failures = 0;
            String where = "/login?error=credentials";
            while (where.equals("/login?error=credentials") && failures < 15) {
                where = Browser.at(port, "10.1.0." + user.length()).logIn(user, "wrong");
                failures++;
            }
            assertThat(where).isEqualTo("/login?error=throttled");
            assertThat(failures).isGreaterThan(LoginThrottle.FREE_FAILURES);
        }
        assertThat(browser().logIn("admin", PASSWORD)).isEqualTo("/");
    }

    @Test
    void logoutIsAPost() throws Exception {
        Browser browser = browser();
        browser.logIn("Ирина", PASSWORD);
        browser.get("/logout");
        assertThat(browser.get("/test-home").statusCode()).isEqualTo(200);
        assertThat(browser.post("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(browser.get("/test-home").statusCode()).isEqualTo(200);
        browser.post("/logout", Map.of("_csrf", browser.csrf("/test-home")));
        assertThat(browser.location(browser.get("/test-home"))).isEqualTo("/login");
    }

    @Test
    void theSixthLoginEndsTheFirstSession() throws Exception {
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Browser browser = browser();
            assertThat(browser.logIn("Ирина", PASSWORD)).isEqualTo("/");
            browsers.add(browser);
        }
        assertThat(browsers.getFirst().location(browsers.getFirst().get("/test-home")))
                .isEqualTo("/login");
        assertThat(browsers.getLast().get("/test-home").statusCode()).isEqualTo(200);
        assertThat(browsers.get(1).get("/test-home").statusCode()).isEqualTo(200);
    }

    @Test
    void healthShowsOnlyItsStatusAndMetricsNeedAnAdministrator() throws Exception {
        Browser viewer = browser();
        assertThat(viewer.get("/actuator/health").body())
                .contains("\"status\":\"UP\"")
                .doesNotContain("components");
        assertThat(viewer.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(viewer.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        viewer.logIn("Ирина", PASSWORD);
        assertThat(viewer.get("/actuator/prometheus").statusCode()).isEqualTo(403);
        Browser admin = browser();
        assertThat(admin.logIn("admin", PASSWORD)).isEqualTo("/");
        assertThat(admin.get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
        assertThat(admin.get("/actuator/env").statusCode()).isEqualTo(403);
    }

    @Test
    void aCollectorReadsTheMetricsWithItsToken() throws Exception {
        Browser collector = new Browser(port, Map.of("Authorization", "Bearer " + METRICS_TOKEN));
        HttpResponse<String> metrics = collector.get("/actuator/prometheus");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("jvm_memory_used_bytes");
        assertThat(collector.session()).isEmpty();
        assertThat(collector.location(collector.get("/test-home"))).isEqualTo("/login");
        assertThat(collector.location(collector.get("/actuator/env"))).isEqualTo("/login");
        assertThat(collector.post("/actuator/prometheus", Map.of()).statusCode())
                .isEqualTo(401);

        for (String wrong : List.of("", "wrong", METRICS_TOKEN + "0", METRICS_TOKEN.substring(1))) {
            HttpResponse<String> refused =
                    new Browser(port, Map.of("Authorization", "Bearer " + wrong)).get("/actuator/prometheus");
            assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            assertThat(header(refused, "WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void errorsRevealNothing() throws Exception {
        Browser browser = browser();
        browser.logIn("Ирина", PASSWORD);
        HttpResponse<String> refused = browser.get("/actuator/no/such/page");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains("There is nothing here")
                .doesNotContainIgnoringCase("tomcat")
                .doesNotContain("Exception");
        // The console's own page says that there is nothing.
        HttpResponse<String> missing = browser.get("/no/such/page");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).doesNotContainIgnoringCase("tomcat").doesNotContain("Exception");
        assertThat(browser().location(browser().get("/no/such/page"))).isEqualTo("/login");
    }

    @Test
    void sendsSecurityHeaders() throws Exception {
        HttpResponse<String> page = browser().get("/login");
        assertThat(header(page, "Content-Security-Policy"))
                .contains("default-src 'none'", "object-src 'none'", "base-uri 'self'", "form-action 'self'")
                .contains("frame-ancestors 'none'");
        assertThat(header(page, "Content-Security-Policy"))
                .containsPattern("script-src 'self' 'nonce-[A-Za-z0-9+/]{24}' 'unsafe-eval';")
                .isNotEqualTo(header(browser().get("/login"), "Content-Security-Policy"));
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]* nonce=)");
        assertThat(header(browser().get("/actuator/health"), "Content-Security-Policy"))
                .contains("script-src 'self';");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "Permissions-Policy")).contains("camera=()");
        assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "Cache-Control")).contains("no-store");
        assertThat(header(page, "Set-Cookie"))
                .startsWith("console_session=")
                .contains("HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
        assertThat(header(page, "Strict-Transport-Security")).isEmpty();
    }

    @Test
    void behindAProxyWithTlsTheCookieIsSecure() throws Exception {
        var browser = new Browser(port, Map.of("X-Forwarded-For", address, "X-Forwarded-Proto", "https"));
        HttpResponse<String> page = browser.get("/login");
        assertThat(header(page, "Set-Cookie")).contains("Secure");
        assertThat(header(page, "Strict-Transport-Security")).contains("max-age=31536000");
    }

    private Browser browser() {
        return Browser.at(port, address);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
