package dev.realtime.service.gateway.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.gateway.frontdoor.ClientAddress;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ForwardSealTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String URI = "/socket.io/?EIO=4&transport=polling&sid=aaaaaaaa.bbbb";
    private static final ClientAddress CLIENT =
            new ClientAddress(InetAddress.ofLiteral("2001:db8::7"), "https", "crm.example:8443");

    private static ForwardSeal at(Instant time) {
        return new ForwardSeal("a-secret-of-more-than-thirty-two-bytes", Clock.fixed(time, ZoneOffset.UTC));
    }

    @Test
    void tellsTheClientForThisRequestAndThirtySeconds() {
        String value = at(NOW).seal("GET", URI, CLIENT);
        assertThat(at(NOW.plusSeconds(29)).unseal(value, "GET", URI)).isEqualTo(CLIENT);
        assertThat(at(NOW.plusSeconds(31)).unseal(value, "GET", URI)).isNull();
        assertThat(at(NOW.minus(Duration.ofSeconds(31))).unseal(value, "GET", URI))
                .isNull();
        assertThat(at(NOW).unseal(value, "POST", URI)).isNull();
        assertThat(at(NOW).unseal(value, "GET", URI + "c")).isNull();
    }

    @Test
    void aChangedOrForeignOneSaysNothing() {
        ForwardSeal seal = at(NOW);
        String value = seal.seal("GET", URI, CLIENT);
        assertThat(seal.unseal(value.replace("0:7 ", "0:8 "), "GET", URI)).isNull();
        assertThat(seal.unseal(value.replace("crm", "evil"), "GET", URI)).isNull();
        for (String nonsense : new String[] {"", "x", "1 2 3 4 5", "9999999999999999999 a http 1.2.3.4 h"}) {
            assertThat(seal.unseal(nonsense, "GET", URI)).isNull();
        }
        ForwardSeal other =
                new ForwardSeal("another-secret-of-thirty-two-bytes-here", Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(other.unseal(value, "GET", URI)).isNull();
    }
}
