package dev.realtime.frontdoor.routing;

import static dev.realtime.testkit.fuzz.Bytes.join;
import static dev.realtime.testkit.fuzz.Bytes.magnitude;
import static dev.realtime.testkit.fuzz.Bytes.oneOf;

import dev.realtime.frontdoor.TestGateway;
import dev.realtime.testkit.fuzz.Target;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Request targets. An input's first byte says whether the method is OPTIONS. */
public final class RequestTargetFuzz implements Target {

    @Override
    public String name() {
        return "request-target";
    }

    @Override
    public int bytesPerByte() {
        // A slash ends a segment of its own.
        return 64;
    }

    @Override
    public byte[] generate(RandomGenerator random) {
        StringBuilder target = new StringBuilder(oneOf(
                random, "", "", "", "http://host", "https://[::1]:80", "HTTP://a.b:65535", "http://", "*", "ftp://a"));
        for (int i = random.nextInt(4); i >= 0; i--) {
            target.append('/')
                    .append(oneOf(
                            random,
                            "socket.io",
                            "api",
                            "",
                            "%73ocket.io",
                            ".",
                            "..",
                            "%2e",
                            "a;b",
                            "%D0%B0",
                            "%2f",
                            "*"));
        }
        target.append(oneOf(random, "", "?EIO=4&transport=polling", "?/../", "?%", "#x"));
        return join(new byte[] {(byte) random.nextInt(2)}, target.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public Outcome take(byte[] input) {
        HttpMethod method = input.length > 0 && (input[0] & 1) != 0 ? HttpMethod.OPTIONS : HttpMethod.GET;
        // As the HTTP decoder has it: a character for each byte.
        String text = new String(
                Arrays.copyOfRange(input, Math.min(1, input.length), input.length), StandardCharsets.ISO_8859_1);
        try {
            return new Accepted(method, RequestTarget.parse(method, text, TestGateway.PATH));
        } catch (IllegalArgumentException e) {
            // A message of the JDK's, as NumberFormatException has it, would not be a sentence.
            require(String.valueOf(e.getMessage()).matches("[A-Z][a-zA-Z, '-]+\\."), "no sentence: " + e);
            return Target.refused(String.valueOf(e.getMessage()));
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    private record Accepted(HttpMethod method, RequestTarget target) implements Outcome {

        @Override
        public String kind() {
            return "accepted" + (target.authority().isEmpty() ? "" : " absolute") + (isGateways() ? " gateway" : "")
                    + (target.uri().indexOf('?') < 0 ? " " : " query ")
                    + magnitude(target.uri().length())
                    + (target.uri().indexOf('%') < 0 ? "" : " encoded")
                    + " segments "
                    + magnitude(target.uri().chars().filter(c -> c == '/').count());
        }

        private boolean isGateways() {
            return TestGateway.PATH.serves(target.uri());
        }

        @Override
        public void prove() {
            RequestTarget again = RequestTarget.parse(method, target.uri(), TestGateway.PATH);
            require(again.uri().equals(target.uri()) && again.authority().isEmpty(), "changes when read again");
            if (target.uri().equals("*")) {
                return;
            }
            int query = target.uri().indexOf('?');
            // Square brackets and the like are nothing to this reader; the path's structure is.
            String path =
                    (query < 0 ? target.uri() : target.uri().substring(0, query)).replaceAll("[^A-Za-z0-9/.%:_-]", "x");
            String normal = URI.create("http://h" + path).normalize().getPath();
            String plain = URI.create("http://h" + path).getPath();
            require(normal.equals(plain), "another reader normalises it to " + normal);
            require(TestGateway.PATH.serves(plain) == isGateways(), "another reader routes it elsewhere");
        }
    }
}
