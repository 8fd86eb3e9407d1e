package dev.realtime.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.socketio.protocol.SocketPacket.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket.IO protocol v5, section "Packet encoding". */
class PacketDecoderTest {

    private static final String SENTENCE_OF_THE_PROTOCOL = "0123456789-/,[]{}\":_placeholdernum \u001e\u00ff";

    private final PacketDecoder decoder = decoder();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0|CONNECT|/||",
                "0{\"token\":\"x\"}|CONNECT|/||{\"token\":\"x\"}",
                "0/admin,{\"a\":1}|CONNECT|/admin||{\"a\":1}",
                "0/admin|CONNECT|/admin||",
                "0/admin?token=x,|CONNECT|/admin||",
                "1|DISCONNECT|/||",
                "1/admin,|DISCONNECT|/admin||",
                "2[\"e\",1]|EVENT|/||[\"e\",1]",
                "212[\"e\"]|EVENT|/|12|[\"e\"]",
                "2/admin,456[\"e\"]|EVENT|/admin|456|[\"e\"]",
                "30[]|ACK|/|0|[]",
                "2[\"e\",1.10,12345678901234567890]|EVENT|/||[\"e\",1.10,12345678901234567890]"
            })
    void readsWhatTheProtocolWrites(String text, Type type, String namespace, Long ackId, String data)
            throws ProtocolException {
        SocketPacket packet = decoder.onText(bytes(text));

        assertThat(packet).isNotNull();
        assertThat(packet.type()).isEqualTo(type);
        assertThat(packet.namespace()).isEqualTo(namespace);
        assertThat(packet.ackId()).isEqualTo(ackId);
        assertThat(packet.data() == null ? null : packet.data().toString()).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "a",
                "abc",
                "2",
                "2{}",
                "2[]",
                "2[null]",
                "2[{}]",
                "2[\"connect\"]",
                "2[\"disconnecting\"]",
                "2[\"e\"",
                "2[\"e\"]x",
                "2abc[\"e\"]",
                "212345678901234567[\"e\"]",
                "0[]",
                "0\"x\"",
                "01{}",
                "1{}",
                "3[]",
                "31{}",
                "4{\"message\":\"x\"}",
                "5[\"e\"]",
                "5-[\"e\"]",
                "54-[\"e\",{\"_placeholder\":true,\"num\":0}]",
                "545999999999-[\"e\"]",
                "2[\"e\",NaN]",
                "2[\"e\",1e99999999999]",
                "2['e']"
            })
    void refusesWhatIsNoPacket(String text) {
        assertThatThrownBy(() -> decoder.onText(bytes(text))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void putsAttachmentsBackWhereTheyBelong() throws ProtocolException {
        assertThat(decoder.onText(
                        bytes("52-7[\"e\",{\"_placeholder\":true,\"num\":1},[{\"_placeholder\":true,\"num\":0}]]")))
                .isNull();
        assertThat(decoder.onBinary(new byte[] {0, 4, '1'})).isNull();
        SocketPacket packet = decoder.onBinary(new byte[] {5});

        assertThat(packet).isNotNull();
        assertThat(packet.ackId()).isEqualTo(7);
        assertThat(packet.data().get(1).binaryValue()).containsExactly(5);
        assertThat(packet.data().get(2).get(0).binaryValue()).containsExactly(0, 4, '1');
    }

    @Test
    void refusesTextBetweenAttachmentsAndBinaryOutOfTheBlue() throws ProtocolException {
        assertThatThrownBy(() -> decoder.onBinary(new byte[1])).isInstanceOf(ProtocolException.class);
        decoder.onText(bytes("51-[\"e\",{\"_placeholder\":true,\"num\":0}]"));
        assertThatThrownBy(() -> decoder.onText(bytes("2[\"e\"]"))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void boundsAttachmentsTogether() throws ProtocolException {
        decoder.onText(bytes("52-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]"));
        decoder.onBinary(new byte[60]);
        assertThatThrownBy(() -> decoder.onBinary(new byte[60])).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1", "\"0\"", "null", "1e3", "0.0", "99999999999"})
    void refusesAPlaceholderForNoAttachment(String number) {
        assertThatThrownBy(() -> decoder.onText(bytes("51-[\"e\",{\"_placeholder\":true,\"num\":" + number + "}]")))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "51-[\"e\"]",
                "52-[\"e\",{\"_placeholder\":true,\"num\":1}]",
                "51-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]",
                "50-[\"e\",{\"_placeholder\":true,\"num\":0}]"
            })
    void refusesAttachmentsWithoutExactlyOnePlaceEach(String text) {
        assertThatThrownBy(() -> decoder.onText(bytes(text))).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2[\"e\",{\"_placeholder\":true,\"num\":0}]",
                "50-[\"e\",{\"_placeholder\":\"true\",\"num\":0},{\"_placeholder\":1,\"num\":0}]"
            })
    void takesNothingElseForAPlaceholder(String text) throws ProtocolException {
        SocketPacket packet = decoder.onText(bytes(text));

        assertThat(packet).isNotNull();
        assertThat(packet.data().get(1).isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2\uFEFF[\"e\"]", "2[\0\"\0e\0\"\0]\0", "2\0[\0\"\0e\0\"\0]"})
    void guessesNoEncodingButUtf8(String text) {
        assertThatThrownBy(() -> decoder.onText(bytes(text))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void endsDeepNestingWithARefusal() {
        String deep = "2[\"heard\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]";
        assertThatThrownBy(() -> decoder.onText(bytes(deep))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void isTotal() {
        Random random = new Random(20261124);
        for (int i = 0; i < 200_000; i++) {
            PacketDecoder fresh = decoder();
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(24);
            for (int c = 0; c < length; c++) {
                text.append(SENTENCE_OF_THE_PROTOCOL.charAt(random.nextInt(SENTENCE_OF_THE_PROTOCOL.length())));
            }
            try {
                if (fresh.onText(bytes(text.toString())) == null) {
                    fresh.onBinary(new byte[random.nextInt(8)]);
                }
            } catch (ProtocolException refused) {
                // The only exception there may be.
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    /** A stock client may emit events of any name with anything in them; nobody here pays for it. */
    @Test
    void passesOverWhatIsTooMuchAndNobodyListensTo() throws ProtocolException {
        String heavy = "{},".repeat(1_000) + "{}";
        String long_ = "\"" + "x".repeat(5_000) + "\"";
        for (String payload : List.of(heavy, long_, long_ + " and no JSON at all")) {
            assertThat(decoder.onText(bytes("2[\"unheard\"," + payload + "]"))).isNull();
            assertThat(decoder.onText(bytes("21[ \"unheard\"," + payload + "]")))
                    .isNull();
            assertThat(decoder.onText(bytes("2[7," + payload + "]"))).isNull();
            assertThat(decoder.onText(bytes("34[" + payload + "]"))).isNull();
            assertThat(decoder.isWaiting()).isFalse();
        }
        SocketPacket next = decoder.onText(bytes("2[\"heard\"]"));
        assertThat(next).isNotNull();
    }

    @Test
    void passesOverTheAttachmentsToo() throws ProtocolException {
        String message = "52-[\"unheard\",{\"_placeholder\":true,\"num\":0},\"" + "x".repeat(5_000) + "\"]";
        assertThat(decoder.onText(bytes(message))).isNull();
        assertThat(decoder.isWaiting()).isTrue();
        assertThat(decoder.onBinary(new byte[10])).isNull();
        assertThat(decoder.isWaiting()).isTrue();
        assertThat(decoder.onBinary(new byte[10])).isNull();
        assertThat(decoder.isWaiting()).isFalse();
        assertThat(decoder.onText(bytes("2[\"heard\"]"))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2[\"heard\",", "0{\"token\":", "2[\"connect\",", "3[", "1["})
    void refusesWhatIsTooMuchWhereItWouldBeTaken(String opening) {
        String message = opening + "\"" + "x".repeat(5_000) + "\"]";
        assertThatThrownBy(() -> decoder.onText(bytes(message))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> decoder().onText(bytes(opening + "{},".repeat(2_000) + "{}]")))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void whatStandsInTextsIsNoValue() throws ProtocolException {
        String text = "2[\"heard\",\"" + "{[,\\\"".repeat(600) + "\"]";
        assertThat(decoder.onText(bytes(text))).isNotNull();
    }

    private static PacketDecoder decoder() {
        return new PacketDecoder(
                new PacketDecoder.Bounds(4_000, 500, 3, 100), (namespace, event) -> event.equals("heard"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
