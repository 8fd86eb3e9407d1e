package dev.realtime.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PayloadTest {

    @Test
    void anEventHasAbout450BytesWithNumberAndTime() {
        byte[] delivery = Payload.plain().stamped(1_234_567, 9_876_543_210L);
        ByteBuf message = Unpooled.wrappedBuffer(delivery);

        assertThat(delivery.length).isBetween(400, 520);
        assertThat(Stamp.isAt(message, 0, delivery.length)).isTrue();
        assertThat(Stamp.number(message, 0)).isEqualTo(1_234_567);
        assertThat(Stamp.nanos(message, 0)).isEqualTo(9_876_543_210L);
        JsonNode event = new JsonMapper().readTree(new String(delivery, StandardCharsets.UTF_8).substring(2));
        assertThat(event.get(0).stringValue()).isEqualTo("order:new");
    }

    @Test
    void aServerThatParsesThePostDeliversTheSameBytes() {
        byte[] body = Payload.rest(List.of("city:b0", "city:b1")).stamped(7, 8);
        JsonNode request = new JsonMapper().readTree(body);

        assertThat(request.get("rooms").get(1).stringValue()).isEqualTo("city:b1");
        String delivery = "42[\"order:new\"," + request.get("order") + "]";
        assertThat(delivery.getBytes(StandardCharsets.UTF_8))
                .isEqualTo(Payload.plain().stamped(7, 8));
    }

    @Test
    void ignoresOtherMessages() {
        ByteBuf message = Unpooled.copiedBuffer("42[\"connected\"," + "x".repeat(100), StandardCharsets.US_ASCII);

        assertThat(Stamp.isAt(message, 0, message.readableBytes())).isFalse();
        assertThat(Stamp.isAt(message, 0, 1)).isFalse();
    }
}
