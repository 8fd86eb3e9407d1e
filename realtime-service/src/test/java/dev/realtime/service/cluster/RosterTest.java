package dev.realtime.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.cluster.InstanceEntry.Content;
import dev.realtime.service.cluster.RegisterStore.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is made of the rows of beats, with a clock that stands until it is moved. */
class RosterTest {

    private static final Duration LIVE_FOR = InstanceRegistry.LIVE_FOR;

    private final InstanceEntry entries = new InstanceEntry(new JsonMapper(), TestCluster.SECRET);
    private long now = 1;
    private final Roster roster = new Roster(entries, () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void take(Row... rows) {
        roster.take(List.of(rows), "AAAAAAAA", "salt");
    }

    private Row row(String name, Duration silentFor) {
        return row(name, silentFor, "h:1");
    }

    private Row row(String name, Duration silentFor, String address) {
        Content content =
                new Content(address, "1", "salt", new TreeMap<>(Map.of("JWT_SECRET", "print")), new TreeMap<>());
        return new Row(name, silentFor, entries.write(name, content));
    }

    /** A beat a second for as long as everybody has to beat. */
    private void becomeSteady(Row... rows) {
        for (int second = 0; second <= 5; second++) {
            take(rows);
            pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void whoeverHasBeatenWithinTenSecondsIsLive() {
        take(row("BBBBBBBB", LIVE_FOR.minusMillis(1)), row("CCCCCCCC", LIVE_FOR));
        assertThat(roster.live()).containsOnlyKeys("BBBBBBBB");
    }

    @Test
    void howLongAnInstanceIsSilentIsThatOfTheLatestBeat() {
        take(row("BBBBBBBB", Duration.ZERO));
        take(row("BBBBBBBB", Duration.ofSeconds(4)));
        assertThat(roster.live().get("BBBBBBBB").silentFor()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void neitherThisInstanceNorWhatIsNoNameIsAmongTheOthers() {
        becomeSteady(row("AAAAAAAA", Duration.ZERO), row("no name", Duration.ZERO));
        assertThat(roster.live()).isEmpty();
        assertThat(roster.silent(Duration.ZERO)).isEmpty();
    }

    @Test
    void whatIsNoEntryIsNotLiveAndYetSilent() {
        Row nonsense = new Row("BBBBBBBB", Duration.ofSeconds(1), "nonsense");
        becomeSteady(nonsense);
        assertThat(roster.live()).isEmpty();
        assertThat(roster.silent(Duration.ZERO)).containsOnlyKeys("BBBBBBBB");
    }

    @Test
    void anEntryThatChangedIsReadAnew() {
        take(row("BBBBBBBB", Duration.ZERO, "h:1"));
        take(row("BBBBBBBB", Duration.ZERO, "h:2"));
        assertThat(roster.live().get("BBBBBBBB").address()).isEqualTo("h:2");
    }

    @Test
    void withAnotherSaltTheFingerprintsSayNothing() {
        Row row = row("BBBBBBBB", Duration.ZERO);
        take(row);
        assertThat(roster.live().get("BBBBBBBB").fingerprints()).containsEntry("JWT_SECRET", "print");
        roster.take(List.of(row), "AAAAAAAA", "another salt");
        assertThat(roster.live().get("BBBBBBBB").fingerprints()).isEmpty();
    }

    @Test
    void nobodyIsToldToBeSilentBeforeEverybodyHadTheTimeToBeat() {
        take(row("BBBBBBBB", Duration.ofMinutes(1)));
        assertThat(roster.silent(Duration.ZERO)).isEmpty();
        becomeSteady(row("BBBBBBBB", Duration.ofMinutes(1)));
        assertThat(roster.silent(Duration.ofSeconds(60))).containsOnlyKeys("BBBBBBBB");
        assertThat(roster.silent(Duration.ofSeconds(61))).isEmpty();
    }

    @Test
    void afterATimeWithoutBeatsWhoWasLiveStaysSoUntilThereWasTimeToBeat() {
        becomeSteady(row("BBBBBBBB", Duration.ZERO));
        pass(Duration.ofMinutes(1));
        Row silent = row("BBBBBBBB", Duration.ofMinutes(1));
        take(silent);
        assertThat(roster.live()).containsOnlyKeys("BBBBBBBB");
        assertThat(roster.silent(Duration.ZERO)).isEmpty();
        becomeSteady(silent);
        assertThat(roster.live()).isEmpty();
        assertThat(roster.silent(Duration.ZERO)).containsOnlyKeys("BBBBBBBB");
    }

    @Test
    void aTimeWithoutBeatsMakesNobodyLiveWhoWasNot() {
        becomeSteady();
        pass(Duration.ofMinutes(1));
        take(row("BBBBBBBB", Duration.ofMinutes(1)));
        assertThat(roster.live()).isEmpty();
    }

    @Test
    void threeSecondsBetweenBeatsAreNoTimeWithoutThem() {
        becomeSteady(row("BBBBBBBB", Duration.ZERO));
        pass(Duration.ofSeconds(2));
        take(row("BBBBBBBB", Duration.ofSeconds(12)));
        assertThat(roster.live()).isEmpty();
    }

    @Test
    void whoIsInTheRegisterNoMoreIsGone() {
        becomeSteady(row("BBBBBBBB", Duration.ZERO));
        take();
        assertThat(roster.live()).isEmpty();
        assertThat(roster.silent(Duration.ZERO)).isEmpty();
    }
}
