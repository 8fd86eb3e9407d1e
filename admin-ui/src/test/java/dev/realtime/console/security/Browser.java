package dev.realtime.console.security;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser at a login, with its own cookies and, as behind a proxy, its own address. */
final class Browser {

    private static final Pattern CSRF = Pattern.compile("<meta name=\"_csrf\" content=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final URI base;
    private final Map<String, String> headers;

    Browser(int port, Map<String, String> headers) {
        this.base = URI.create("http://127.0.0.1:" + port);
        this.headers = headers;
    }

    static Browser at(int port, String address) {
        return new Browser(port, Map.of("X-Forwarded-For", address));
    }

    /** Sends a GET without following redirects. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    HttpResponse<String> post(String path, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        request.setHeader("Accept", "text/html,*/*;q=0.8");
        headers.forEach(request::setHeader);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The CSRF token of the page's forms. */
    String csrf(String page) throws IOException, InterruptedException {
        Matcher token = CSRF.matcher(get(page).body());
        return token.find() ? token.group(1) : "";
    }

    /** Submits the login form and returns where it redirects to. */
    String logIn(String user, String password) throws IOException, InterruptedException {
        String csrf = csrf("/login");
        return location(post("/login", Map.of("username", user, "password", password, "_csrf", csrf)));
    }

    String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("console_session"))
                .map(cookie -> cookie.getValue())
                .findFirst()
                .orElse("");
    }

    /** The path of a redirect; the status of any other answer. */
    String location(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .map(location -> location.startsWith(base.toString())
                        ? location.substring(base.toString().length())
                        : location)
                .orElse(String.valueOf(response.statusCode()));
    }
}
