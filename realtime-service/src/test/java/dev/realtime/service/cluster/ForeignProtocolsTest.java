package dev.realtime.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.testkit.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of instances with another protocol version, with a clock that stands until it is moved. */
class ForeignProtocolsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instance SELF = instance("AAAAAAAA", Protocol.VERSION);

    private long now = 1;
    private final ForeignProtocols foreign = new ForeignProtocols(() -> now);

    private static Instance instance(String name, int protocol) {
        return new Instance(name, protocol, true, null, "1", Duration.ZERO, Map.of(), Map.of());
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static String problem(String instance, String version) {
        return "protocol_version: instance " + instance + " speaks protocol version " + version + ", this instance "
                + Protocol.VERSION;
    }

    private static List<String> said(LogLines log) {
        return log.lines().stream()
                .filter(line -> line.startsWith("WARN Ignoring a "))
                .toList();
    }

    @Test
    void anInstanceOfThisVersionIsNoProblem() {
        foreign.onBeat(SELF, List.of(instance("BBBBBBBB", Protocol.VERSION)));
        assertThat(foreign.problems()).isEmpty();
    }

    @Test
    void oneThatIsRegisteredIsAProblemUntilItIsGone() {
        foreign.onBeat(SELF, List.of(instance("BBBBBBBB", 7)));
        pass(MINUTE.multipliedBy(5));
        assertThat(foreign.problems()).containsExactly(problem("BBBBBBBB", "7"));
        foreign.onBeat(SELF, List.of());
        assertThat(foreign.problems()).isEmpty();
    }

    @Test
    void oneThatWasHeardIsAProblemForAMinute() {
        foreign.report("command", "BBBBBBBB", "7");
        pass(MINUTE);
        assertThat(foreign.problems()).containsExactly(problem("BBBBBBBB", "7"));
        pass(Duration.ofNanos(1));
        assertThat(foreign.problems()).isEmpty();
    }

    @Test
    void oneThatIsRegisteredAndHeardIsOneProblem() {
        foreign.onBeat(SELF, List.of(instance("BBBBBBBB", 7)));
        foreign.report("command", "BBBBBBBB", "7");
        assertThat(foreign.problems()).hasSize(1);
    }

    @Test
    void whatSomebodyWroteInPlaceOfANameOrAVersionIsNotRepeated() {
        foreign.report("command", "<script>\n", "1 OR 1=1");
        assertThat(foreign.problems()).containsExactly(problem("unknown", "unknown"));
    }

    @Test
    void eachIsLoggedOnceAMinute() {
        try (LogLines log = new LogLines()) {
            foreign.report("command", "BBBBBBBB", "7");
            foreign.report("presence batch", "BBBBBBBB", "7");
            foreign.onBeat(SELF, List.of(instance("BBBBBBBB", 7)));
            assertThat(said(log)).singleElement().asString().contains("command", "BBBBBBBB", "7");
            pass(MINUTE.plusNanos(1));
            foreign.onBeat(SELF, List.of(instance("BBBBBBBB", 7)));
            assertThat(said(log)).hasSize(2);
        }
    }

    @Test
    void howManyAreRememberedIsBounded() {
        try (LogLines log = new LogLines()) {
            for (int version = 100; version < 200; version++) {
                foreign.report("command", "BBBBBBBB", String.valueOf(version));
            }
            assertThat(said(log)).hasSize(32);
        }
        assertThat(foreign.problems()).hasSize(5);
    }

    @Test
    void afterAMinuteThereIsRoomForOthers() {
        for (int version = 100; version < 200; version++) {
            foreign.report("command", "BBBBBBBB", String.valueOf(version));
        }
        pass(MINUTE.plusNanos(1));
        foreign.report("command", "CCCCCCCC", "7");
        assertThat(foreign.problems()).containsExactly(problem("CCCCCCCC", "7"));
    }
}
