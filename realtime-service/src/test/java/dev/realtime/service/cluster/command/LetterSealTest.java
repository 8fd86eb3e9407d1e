package dev.realtime.service.cluster.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.service.cluster.Protocol;
import dev.realtime.service.cluster.command.DroppedException.Reason;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a record must be signed with, and what is made of one that is signed right and says something odd. */
class LetterSealTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";

    private final LetterSeal seal = new LetterSeal(JSON, SECRET);

    private static String signed(int protocol, String body) throws Exception {
        return SignedRecord.of(SECRET, protocol, body);
    }

    private static String letter(String command) {
        return "{\"id\":\"1\",\"time\":1,\"from\":\"AAAAAAAA\",\"to\":[\"BBBBBBBB\"],\"command\":" + command + "}";
    }

    private DroppedException dropped(String record) {
        return catchThrowableOfType(DroppedException.class, () -> seal.open(record.getBytes(UTF_8)));
    }

    /** Instances of two releases with one protocol version understand each other. */
    @Test
    void aRecordThatIsSignedAsWrittenHereIsOpened() throws Exception {
        Letter opened = seal.open(
                signed(Protocol.VERSION, letter("{\"name\":\"report\"}")).getBytes(UTF_8));
        assertThat(opened)
                .isEqualTo(new Letter("1", 1, "AAAAAAAA", Set.of("BBBBBBBB"), new Command.Report(), null, null));
    }

    @Test
    void aRecordHasVersionSignatureAndTextAndNothingElse() {
        Letter letter = new Letter("1", 1, "AAAAAAAA", Set.of(), new Command.Report(), null, null);
        JsonNode record = JSON.readTree(seal.seal(letter));
        assertThat(new TreeSet<>(record.propertyNames())).containsExactly("body", "mac", "protocol");
        assertThat(record.get("mac").asString()).matches("[A-Za-z0-9_-]{43}");
    }

    /** As tokens are: neither passes for the other. */
    @Test
    void whatIsSignedWithTheSecretItselfIsForged() throws Exception {
        String record = SignedRecord.withKey(SECRET.getBytes(UTF_8), Protocol.VERSION, letter("{\"name\":\"report\"}"));
        assertThat(dropped(record).reason()).isEqualTo(Reason.FORGED);
    }

    @Test
    void anotherVersionThatIsSignedRightIsToldByItsNumber() throws Exception {
        DroppedException dropped = dropped(signed(7, "whatever that version writes"));
        assertThat(dropped.reason()).isEqualTo(Reason.FOREIGN_VERSION);
        assertThat(dropped.protocol()).isEqualTo(7);
    }

    @Test
    void aVersionOnWhichItIsNotSignedIsForged() throws Exception {
        String record = signed(Protocol.VERSION, letter("{\"name\":\"report\"}"));
        String other = record.replace("\"protocol\":" + Protocol.VERSION, "\"protocol\":7");
        assertThat(dropped(other).reason()).isEqualTo(Reason.FORGED);
    }

    @Test
    void aCommandThatDoesNotExistIsMalformedHoweverItIsSigned() throws Exception {
        for (String command : new String[] {"{\"name\":\"format-disk\"}", "{}", "17"}) {
            assertThat(dropped(signed(Protocol.VERSION, letter(command))).reason())
                    .as(command)
                    .isEqualTo(Reason.MALFORMED);
        }
    }
}
