package dev.realtime.service.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What counts over several sessions. */
class ClientLimitsTest {

    private static final InetAddress OFFICE = address("203.0.113.7");
    private static final InetAddress PROXY = address("203.0.113.1");

    private final ClientLimits limits = new ClientLimits(
            new LimitProperties(
                    3, Duration.ofSeconds(2), 2, 100, 200, DataSize.ofKilobytes(1), DataSize.ofMegabytes(1), 1, 5),
            PROXY::equals);

    @Test
    void anAddressMayHaveSoManyUnidentifiedSessions() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.hasRoomFor(OFFICE)).isTrue();
            assertThat(limits.enterAddress(OFFICE)).isTrue();
        }
        assertThat(limits.hasRoomFor(OFFICE)).isFalse();
        assertThat(limits.enterAddress(OFFICE)).isFalse();
        assertThat(limits.hasRoomFor(address("203.0.113.8"))).isTrue();
        limits.leaveAddress(OFFICE);
        assertThat(limits.hasRoomFor(OFFICE)).isTrue();
    }

    @Test
    void addressesOfProxiesAndThisMachineCountForNobody() {
        for (int i = 0; i < 10; i++) {
            assertThat(limits.enterAddress(PROXY)).isTrue();
            assertThat(limits.enterAddress(InetAddress.getLoopbackAddress())).isTrue();
            assertThat(limits.allowsWrongToken(PROXY)).isTrue();
        }
    }

    @Test
    void wrongTokensOfAnAddressAreCounted() {
        for (int i = 0; i < 5; i++) {
            assertThat(limits.allowsWrongToken(OFFICE)).isTrue();
        }
        assertThat(limits.allowsWrongToken(OFFICE)).isFalse();
    }

    @Test
    void theBytesOfAUserAreCountedWhoeverElseSends() {
        assertThat(limits.allowsBytes("17", 900_000)).isTrue();
        assertThat(limits.allowsBytes("17", 900_000)).isFalse();
        for (int user = 100; user < 1_000; user++) {
            assertThat(limits.allowsBytes("" + user, 900_000)).isTrue();
        }
        assertThat(limits.allowsBytes("17", 900_000)).isFalse();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
