package dev.realtime.frontdoor.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that two readers could take for different ones are refused before anybody routes them. */
class RequestTargetTest {

    private static final EndpointPath PATH = new EndpointPath("/socket.io");

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
        assertThatIllegalArgumentException().isThrownBy(() -> RequestTarget.parse(HttpMethod.GET, target, PATH));
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
    void isForTheBackEndAsItIs(String target) {
        RequestTarget parsed = RequestTarget.parse(HttpMethod.GET, target, PATH);
        assertThat(PATH.serves(parsed.uri())).isFalse();
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
    void isForTheEndpoint(String target) {
        assertThat(PATH.serves(
                        RequestTarget.parse(HttpMethod.POST, target, PATH).uri()))
                .isTrue();
    }

    @Test
    void anAbsoluteTargetLosesItsAuthority() {
        RequestTarget parsed = RequestTarget.parse(HttpMethod.GET, "HTTP://[::1]:80?x", PATH);
        assertThat(parsed.uri()).isEqualTo("/?x");
        assertThat(parsed.authority()).isEqualTo("[::1]:80");
    }
}
