package dev.realtime.service.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.Room;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidTest {

    @Test
    void isReadAgainAndNobodyElses() {
        Set<Pid> pids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Pid pid = Pid.random();
            assertThat(pid.secret()).hasSize(27);
            assertThat(Pid.parse(pid.secret())).contains(pid);
            assertThat(pid.hash().text()).hasSize(22);
            assertThat(Pid.parse(pid.secret()).orElseThrow().hash()).isEqualTo(pid.hash());
            pids.add(pid);
        }
        assertThat(pids).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "AAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAA}"
            })
    void takesNothingElse(String text) {
        assertThat(Pid.parse(text)).isEmpty();
    }

    @Test
    void isPrintedNowhere() {
        Pid pid = Pid.random();
        SessionRef ref = new SessionRef("17", pid.hash(), 4);
        NewSession session = TestSessions.session(ref, Room.OPERATORS);
        assertThat(List.of(pid.toString(), ref.toString(), session.toString()).toString())
                .doesNotContain(pid.secret())
                .doesNotContain(pid.hash().text())
                .doesNotContain(String.valueOf(pid.hash().high()));
    }

    @Test
    void grantsAreTheSameForTheSameRoleAndRooms() {
        String grants = Grants.of("operator", List.of(Room.OPERATORS, Room.city("Саратов")));
        assertThat(grants).hasSize(8).isEqualTo(Grants.of("operator", List.of(Room.city("Саратов"), Room.OPERATORS)));
        assertThat(Set.of(
                        grants,
                        Grants.of("director", List.of(Room.OPERATORS, Room.city("Саратов"))),
                        Grants.of("operator", List.of(Room.OPERATORS)),
                        Grants.of(null, List.of(Room.OPERATORS)),
                        Grants.of("", List.of(Room.OPERATORS))))
                .hasSize(5);
    }
}
