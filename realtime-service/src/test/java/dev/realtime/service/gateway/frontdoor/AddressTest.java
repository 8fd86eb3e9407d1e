package dev.realtime.service.gateway.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1                     | 203.0.113.1 | 192.0.2.1",
                "10.0.0.1                      | 203.0.113.1 | 203.0.113.1",
                "10.0.0.1                      | 203.0.113.1, 10.0.0.2 | 203.0.113.1",
                "10.0.0.1                      | 1.1.1.1, 203.0.113.1, 10.0.0.2 | 203.0.113.1",
                "10.0.0.1                      | 10.0.0.3, 10.0.0.2 | 10.0.0.3",
                "10.0.0.1                      | unknown | 10.0.0.1",
                "10.0.0.1                      | 203.0.113.1, unknown | 10.0.0.1",
                "10.0.0.1                      | 203.0.113.1, _hidden, 10.0.0.2 | 10.0.0.2",
                "10.0.0.1                      | 203.0.113.1,, 10.0.0.2 | 10.0.0.2",
                "10.0.0.1                      | 203.0.113.1:80 | 203.0.113.1",
                "10.0.0.1                      | 203.0.113.1:80a | 10.0.0.1",
                "10.0.0.1                      | 2001:db8::1 | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1                      | [2001:db8::1] | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1                      | [2001:db8::1]:443 | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1                      | [2001:db8::1 | 10.0.0.1",
                "10.0.0.1                      | fe80::1%eth0 | fe80:0:0:0:0:0:0:1",
                "10.0.0.1                      | [fe80::1%25eth0]:80 | fe80:0:0:0:0:0:0:1",
                "10.0.0.1                      | ::ffff:203.0.113.1 | 203.0.113.1",
                "::ffff:10.0.0.1               | 203.0.113.1 | 203.0.113.1",
                "2001:db8:1::1                 | 203.0.113.1 | 203.0.113.1",
                "2001:db8:2::1                 | 203.0.113.1 | 2001:db8:2:0:0:0:0:1",
                "10.0.0.1                      | 1.2.3 | 10.0.0.1",
                "10.0.0.1                      | 999.1.1.1 | 10.0.0.1",
                "10.0.0.1                      | localhost | 10.0.0.1",
                "10.0.0.1                      | '' | 10.0.0.1"
            })
    void theChainIsWalkedFromTheRight(String peer, String chain, String expected) throws Exception {
        ForwardedHeaders forwarded =
                new ForwardedHeaders(TrustedProxies.parse(List.of("10.0.0.0/8", "2001:db8:1::/48")));
        HttpHeaders headers = new DefaultHttpHeaders().add("Host", "a").add("X-Forwarded-For", chain);
        ClientAddress client = forwarded.rewrite(headers, InetAddress.getByName(peer));
        assertThat(client.ip()).isEqualTo(expected);
        assertThat(headers.get("x-forwarded-for")).startsWith(expected);
    }

    @Test
    void linesOfTheChainAreJoined() throws Exception {
        ForwardedHeaders forwarded = new ForwardedHeaders(TrustedProxies.parse(List.of("10.0.0.0/8")));
        HttpHeaders headers = new DefaultHttpHeaders()
                .add("Host", "a")
                .add("X-Forwarded-For", "203.0.113.1")
                .add("x-forwarded-for", "10.0.0.9");
        assertThat(forwarded.rewrite(headers, InetAddress.getByName("10.0.0.1")).ip())
                .isEqualTo("203.0.113.1");
    }

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
                .isThrownBy(() -> TrustedProxies.parse(List.of("10.0.0.1", entry)))
                .withMessageContaining("realtime.trusted-proxies")
                .withMessageContaining(entry);
    }
}
