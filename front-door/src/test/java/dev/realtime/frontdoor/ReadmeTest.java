package dev.realtime.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.frontdoor.address.TrustedProxies;
import dev.realtime.frontdoor.connection.Limits;
import dev.realtime.frontdoor.routing.ChannelEndpoint;
import dev.realtime.frontdoor.routing.EndpointPath;
import dev.realtime.testkit.RawClient;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines in README.md stand here too, and do what is said there. */
class ReadmeTest {

    private static final Path SELF = Path.of("src/test/java/dev/realtime/frontdoor/ReadmeTest.java");

    @Test
    void theLinesRun() throws IOException {
        try (FakeBackend backend = new FakeBackend((_, c) -> {
                    c.head();
                    c.ok("from the back end");
                });
                FrontDoor door = example(0, backend.address().getPort());
                RawClient client = new RawClient(door.port())) {
            assertThat(client.get("/chat/").body()).isEqualTo("hello");
            assertThat(client.get("/else").body()).isEqualTo("from the back end");
        }
    }

    @Test
    void theLinesAreThoseOfTheReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```java\n") + "```java\n".length();
        String lines = readme.substring(start, readme.indexOf("```", start));
        assertThat(words(Files.readString(SELF))).contains(words(lines));
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }

    private static FrontDoor example(int port, int backendPort) {
        ChannelEndpoint chat = new ChannelEndpoint() {
            @Override
            public EndpointPath path() {
                return new EndpointPath("/chat");
            }

            @Override
            public void configure(ChannelPipeline pipeline) {
                pipeline.addLast(new ChatHandler());
            }
        };
        FrontDoor door = FrontDoor.builder()
                .port(port)
                .backend(new InetSocketAddress("127.0.0.1", backendPort))
                .endpoint(chat)
                .trustedProxies(TrustedProxies.parse(List.of("10.0.0.0/8")))
                .limits(Limits.DEFAULTS.but().maxBody(16 * 1024 * 1024).build())
                .open();
        return door;
    }

    private static final class ChatHandler extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            boolean last = msg instanceof LastHttpContent;
            ReferenceCountUtil.release(msg);
            if (last) {
                ctx.writeAndFlush(new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8)));
            }
        }
    }
}
