package dev.realtime.service.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.command.DroppedException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LetterTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LetterSeal seal = new LetterSeal(JSON, "a-secret-of-more-than-thirty-two-bytes");

    private static Letter letter(Instant time, Command command) {
        return new Letter(
                UUID.randomUUID().toString(), time.toEpochMilli(), "AAAAAAAA", Set.of("BBBBBBBB"), command, null, null);
    }

    private static Postmark at(Instant time) {
        return new Postmark(new ClusterClock(Clock.fixed(time, ZoneOffset.UTC)));
    }

    private static Reason reason(ThrowingRunnable work) {
        try {
            work.run();
        } catch (DroppedException e) {
            return e.reason();
        }
        throw new AssertionError("It was not dropped");
    }

    private interface ThrowingRunnable {
        void run() throws DroppedException;
    }

    @Test
    void everyCommandArrivesAsItWasSent() throws Exception {
        for (Command command : new Command[] {
            new Command.CloseSocket("s", "why \"so\""),
            new Command.CloseUser("17", "почему"),
            new Command.JoinRoom("s", "city:Саратов"),
            new Command.LeaveRoom("s", "order:1"),
            new Command.BlocksChanged("17"),
            new Command.EndConnections(List.of(1L, 5_000_000_000L)),
            new Command.Report()
        }) {
            Letter sent = letter(NOW, command);
            assertThat(seal.open(seal.seal(sent))).isEqualTo(sent);
        }
    }

    @Test
    void whatWasChangedOrSealedWithAnotherSecretIsForged() {
        byte[] sealed = seal.seal(letter(NOW, new Command.CloseSocket("s", "r")));
        ObjectNode record = (ObjectNode) JSON.readTree(sealed);
        for (String[] change :
                new String[][] {{"AAAAAAAA", "CCCCCCCC"}, {"BBBBBBBB", "CCCCCCCC"}, {"close", "leave"}}) {
            ObjectNode changed = record.deepCopy();
            changed.put("body", record.get("body").asString().replace(change[0], change[1]));
            assertThat(reason(() -> seal.open(JSON.writeValueAsBytes(changed)))).isEqualTo(Reason.FORGED);
        }
        assertThat(reason(
                        () -> seal.open(JSON.writeValueAsBytes(record.deepCopy().put("protocol", 7)))))
                .isEqualTo(Reason.FORGED);
        LetterSeal other = new LetterSeal(JSON, "another-secret-of-thirty-two-bytes-here");
        assertThat(reason(() -> other.open(sealed))).isEqualTo(Reason.FORGED);
    }

    @Test
    void nonsenseIsMalformed() {
        for (String nonsense :
                new String[] {"", "null", "[]", "{}", "\u0000", "{\"protocol\":1,\"mac\":\"x\"}", "17"}) {
            assertThat(reason(() -> seal.open(nonsense.getBytes(StandardCharsets.UTF_8))))
                    .as(nonsense)
                    .isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void isAcceptedOnceAndOnlyWhileItIsFresh() throws Exception {
        Postmark postmark = at(NOW);
        Letter letter = letter(NOW.minusSeconds(29), new Command.Report());
        postmark.accept(letter);
        assertThat(reason(() -> postmark.accept(letter))).isEqualTo(Reason.REPLAYED);
        assertThat(reason(() -> postmark.accept(letter(NOW.minusSeconds(31), new Command.Report()))))
                .isEqualTo(Reason.STALE);
        assertThat(reason(() -> postmark.accept(letter(NOW.plusSeconds(31), new Command.Report()))))
                .isEqualTo(Reason.STALE);
    }

    @Test
    void theIdsThatAreKeptAreBoundedAndForgottenInTime() throws Exception {
        var time = new Object() {
            Instant now = NOW;
        };
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return time.now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        Postmark postmark = new Postmark(new ClusterClock(clock));
        for (int i = 0; i < Postmark.MOST; i++) {
            postmark.accept(letter(NOW, new Command.Report()));
        }
        assertThat(reason(() -> postmark.accept(letter(NOW, new Command.Report()))))
                .isEqualTo(Reason.OVERLOAD);
        time.now = NOW.plus(Duration.ofSeconds(61));
        postmark.accept(letter(time.now, new Command.Report()));
    }

    @Test
    void aCommandWithoutAHandlersNameIsNotRead() {
        Letter letter = letter(NOW, new Command.Report());
        assertThatThrownBy(() -> JSON.readValue(
                        JSON.writeValueAsString(letter).replace("\"report\"", "\"java.lang.Runtime\""), Letter.class))
                .isInstanceOf(JacksonException.class);
    }
}
