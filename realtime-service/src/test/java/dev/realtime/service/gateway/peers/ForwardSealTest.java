package dev.realtime.service.gateway.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.Protocol;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ForwardSealTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String URI = "/socket.io/?EIO=4&transport=polling&sid=aaaaaaaa.bbbb";
    private static final ClientAddress CLIENT =
            new ClientAddress(InetAddress.ofLiteral("2001:db8::7"), "https", "crm.example:8443");

    private final ForeignProtocols foreign = new ForeignProtocols();

    private ForwardSeal at(Instant time) {
        return seal("a-secret-of-more-than-thirty-two-bytes", time);
    }

    private ForwardSeal seal(String secret, Instant time) {
        return new ForwardSeal(secret, new ClusterClock(Clock.fixed(time, ZoneOffset.UTC)), foreign);
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
        for (String nonsense : new String[] {"", "x", "1 2 3 4 5 6", "1 a 9999999999999999999 http 1.2.3.4 h"}) {
            assertThat(seal.unseal(nonsense, "GET", URI)).isNull();
        }
        ForwardSeal other = seal("another-secret-of-thirty-two-bytes-here", NOW);
        assertThat(other.unseal(value, "GET", URI)).isNull();
    }

    @Test
    void aClientWithoutAHostIsToldOf() {
        ClientAddress client = new ClientAddress(InetAddress.ofLiteral("192.0.2.1"), "http", "");
        String value = at(NOW).seal("GET", URI, client);
        assertThat(at(NOW).unseal(value.strip(), "GET", URI)).isEqualTo(client);
    }

    @Test
    void anotherProtocolVersionIsReportedOnlyWhenAnInstanceSaysIt() throws Exception {
        ForwardSeal seal = at(NOW);
        assertThat(seal.unseal("7 AAAA " + NOW.toEpochMilli() + " http 192.0.2.1 h", "GET", URI))
                .isNull();
        assertThat(foreign.problems()).as("what a client may write").isEmpty();

        String told = NOW.toEpochMilli() + " http 192.0.2.1 h";
        byte[] key = hmac(
                "a-secret-of-more-than-thirty-two-bytes".getBytes(UTF_8), "realtime: forwarding between instances");
        String mac = Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, "7\nGET\n" + URI + "\n" + told));
        assertThat(seal.unseal("7 " + mac + " " + told, "GET", URI)).isNull();
        assertThat(foreign.problems())
                .containsExactly("protocol_version: instance unknown speaks protocol version 7, this instance "
                        + Protocol.VERSION);
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}
