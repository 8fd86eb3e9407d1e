package dev.realtime.service.gateway.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.realtime.testkit.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;

/** Whose word about the client's address counts, and what the services behind see of it. */
class AddressTest {

    private static final String SPOOF = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"
            + "X-Forwarded-Host: evil.example\r\nX-Forwarded-Port: 1\r\nX-Forwarded-Prefix: /x\r\n"
            + "X-Forwarded-Ssl: on\r\nForwarded: for=203.0.113.9\r\nX-Real-IP: 203.0.113.9\r\n"
            + "X-Realtime-Front-Door: guess\r\n";

    @Test
    void aStrangersForwardedHeadersGoNowhere() throws IOException {
        try (TestDoor door = TestDoor.open();
                RawClient client = door.raw()) {
            client.send("GET /api/seen/x HTTP/1.1\r\nHost: real:8080\r\n" + SPOOF + "\r\n");
            assertThat(client.read().body())
                    .contains(
                            "\"remoteAddr\":\"127.0.0.1\"",
                            "\"remoteHost\":\"127.0.0.1\"",
                            "\"scheme\":\"http\"",
                            "\"serverName\":\"real\"",
                            "\"serverPort\":8080",
                            "\"x-forwarded-for\":[\"127.0.0.1\"]",
                            "\"x-forwarded-proto\":[\"http\"]",
                            "\"x-forwarded-host\":[\"real:8080\"]")
                    .doesNotContain(
                            "203.0.113.9", "evil", "prefix", "-ssl", "x-real-ip", "\"forwarded\"", "front-door");
            client.send("GET /socket.io/ HTTP/1.1\r\nHost: real\r\n" + SPOOF + "\r\n");
            assertThat(client.read().body()).endsWith(" 127.0.0.1");
            // Naming them in Connection does not make ours disappear.
            client.send("GET /api/seen/x HTTP/1.1\r\nHost: real\r\n" + SPOOF
                    + "Connection: X-Forwarded-For, X-Realtime-Front-Door, Host\r\n\r\n");
            assertThat(client.read().body()).contains("\"x-forwarded-for\":[\"127.0.0.1\"]", "\"serverName\":\"real\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"realtime_service:5009", "a--b.example:5009", "[::1]:5009"})
    void theHostReachesTheApplicationAsItWasWritten(String host) throws IOException {
        try (TestDoor door = TestDoor.open();
                RawClient client = door.raw()) {
            client.send("GET /api/seen/x HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertThat(client.read().body())
                    .contains(
                            "\"host\":[\"" + host + "\"]",
                            "\"serverName\":\"" + host.substring(0, host.lastIndexOf(':')) + "\"",
                            "\"serverPort\":5009");
        }
    }

    @Test
    void aTrustedProxysWordReachesBothSides() throws IOException {
        try (TestDoor door = TestDoor.open("realtime.trusted-proxies=127.0.0.0/8, 10.0.0.0/8");
                RawClient client = door.raw()) {
            String headers = "X-Forwarded-For: 203.0.113.9, 198.51.100.7:4711, 10.1.2.3\r\n"
                    + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: Shop.example\r\n";
            client.send("GET /api/seen/x HTTP/1.1\r\nHost: inner\r\n" + headers + "\r\n");
            assertThat(client.read().body())
                    .contains(
                            "\"remoteAddr\":\"198.51.100.7\"",
                            "\"scheme\":\"https\"",
                            "\"secure\":true",
                            "\"serverName\":\"shop.example\"",
                            "\"serverPort\":443",
                            "\"x-forwarded-for\":[\"198.51.100.7, 10.1.2.3, 127.0.0.1\"]")
                    .doesNotContain("203.0.113.9");
            client.send("GET /socket.io/ HTTP/1.1\r\nHost: inner\r\n" + headers + "\r\n");
            assertThat(client.read().body()).endsWith(" 198.51.100.7");
            // The next request on the proxy's connection is another client's.
            client.send("GET /socket.io/ HTTP/1.1\r\nHost: inner\r\nX-Forwarded-For: 2001:db8::5\r\n\r\n");
            assertThat(client.read().body()).endsWith(" 2001:db8:0:0:0:0:0:5");
        }
    }

    private static final FrontDoorProperties DEFAULTS =
            new Binder().bindOrCreate("realtime", FrontDoorProperties.class);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.1.0.0/8",
                "::1/129",
                "10.0.0",
                "1/8"
            })
    void aWrongEntryIsRefusedByName(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrontDoorProperties("0", "*", List.of("10.0.0.1", entry), DEFAULTS.frontDoor()))
                .withMessageContaining("realtime.trusted-proxies")
                .withMessageContaining(entry);
    }
}
