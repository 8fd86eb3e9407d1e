package dev.realtime.service.gateway.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that two readers could take for different ones are refused before anybody routes them. */
class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/socket.io/../api",
                "/api/../socket.io/",
                "/socket.io/%2e%2e/api",
                "/socket.io/.%2E/api",
                "/./socket.io/",
                "/socket.io/..",
                "/api/.",
                "//socket.io/",
                "/socket.io//",
                "/api//x",
                "/socket.io/;a=b",
                "/socket.io;x/",
                "/api;jsessionid=1/x",
                "/api%3bx",
                "/socket.io%2f",
                "/api%2Fx",
                "/api%5cx",
                "/api\\x",
                "/%73ocket.io/",
                "/socket%2eio/",
                "/api/%252e%252e/x",
                "/api/%00",
                "/api/%0d%0aX",
                "/api/%7f",
                "/api/%zz",
                "/api/%4",
                "/api/%",
                "/api/#x",
                "/api/\u00e9",
                "/api/x?a\u00e9",
                "http://a/../x"
            })
    void isRefused(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestTarget.parse(HttpMethod.GET, target, GatewayPath.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/socket.iox/",
                "/Socket.IO/",
                "/api/x",
                "/api/x/",
                "/api/%41",
                "/api/...",
                "/api/a.b..c",
                "/api/%D0%A1%D0%B0%D1%80",
                "/api/city:%D0%A1",
                "/a/socket.io/",
                "/api/x?u=/socket.io/../;%2e"
            })
    void isForTomcatAsItIs(String target) {
        RequestTarget parsed = RequestTarget.parse(HttpMethod.GET, target, GatewayPath.DEFAULT);
        assertThat(GatewayPath.DEFAULT.serves(parsed.uri())).isFalse();
        assertThat(parsed.uri()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/socket.io",
                "/socket.io/",
                "/socket.io/?EIO=4&transport=polling",
                "/socket.io?x",
                "/socket.io/x"
            })
    void isForTheGateway(String target) {
        assertThat(GatewayPath.DEFAULT.serves(RequestTarget.parse(HttpMethod.POST, target, GatewayPath.DEFAULT)
                        .uri()))
                .isTrue();
    }

    @Test
    void anAbsoluteTargetLosesItsAuthority() {
        RequestTarget parsed = RequestTarget.parse(HttpMethod.GET, "HTTP://[::1]:80?x", GatewayPath.DEFAULT);
        assertThat(parsed.uri()).isEqualTo("/?x");
        assertThat(parsed.authority()).isEqualTo("[::1]:80");
    }

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
