package dev.realtime.frontdoor.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word about the client's address counts. */
class ForwardedHeadersTest {

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
                .withMessageContaining(entry);
    }
}
