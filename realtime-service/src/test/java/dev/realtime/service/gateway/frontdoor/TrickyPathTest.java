package dev.realtime.service.gateway.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Paths that two readers could take for different ones. */
class TrickyPathTest {

    @Test
    void aTrickyPathReachesNeitherSide() throws IOException {
        try (TestDoor door = TestDoor.open()) {
            for (String path :
                    new String[] {"/socket.io/../api/seen/x", "//socket.io/", "/%73ocket.io/", "/api/seen/;x"}) {
                try (RawClient client = door.raw()) {
                    assertThat(client.get(path).status()).isEqualTo(400);
                    assertThat(client.closedByServer()).isTrue();
                }
            }
            assertThat(door.api().requests.get()).isZero();
            assertThat(door.counter("realtime.frontdoor.requests", "route", "gateway"))
                    .isZero();
        }
    }
}
