package dev.realtime.service.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.contracts.Room;
import dev.realtime.service.identity.Identity;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPolicyTest {

    private final AccessPolicy policy = policy(Map.of(
            "operator",
            new AccessProperties.Role(
                    List.of("operators", "operator:{id}", "city:{cities}"),
                    List.of("operators", "operator:{id}", "city:{cities}", "order:*")),
            "director",
            new AccessProperties.Role(List.of("directors"), List.of("*"))));

    @Test
    void joinsAtOnceWhatTheRoleAndTheTokenSay() {
        assertThat(policy.roomsAtOnce(identity(17, "operator", "Саратов", "Энгельс")))
                .extracting(Room::toString)
                .containsExactly("user:17", "operators", "operator:17", "city:Саратов", "city:Энгельс");
        assertThat(policy.roomsAtOnce(identity(17, "cleaner", "Саратов")))
                .extracting(Room::toString)
                .containsExactly("user:17");
        assertThat(policy.roomsAtOnce(identity(17, null)))
                .extracting(Room::toString)
                .containsExactly("user:17");
    }

    @ParameterizedTest
    @CsvSource({
        "operator, operators, true",
        "operator, operator:17, true",
        "operator, operator:18, false",
        "operator, user:17, true",
        "operator, user:18, false",
        "operator, order:5, true",
        "operator, city:Саратов, true",
        "operator, city:Самара, false",
        "operator, directors, false",
        "operator, everyone, false",
        "director, operators, true",
        "director, operator:18, true",
        "director, city:Самара, true",
        "director, everyone, false",
        "cleaner, operators, false",
        "cleaner, user:17, true",
        "cleaner, order:5, false"
    })
    void letsJoinWhatTheRoleMay(String role, String room, boolean allowed) {
        assertThat(policy.mayJoin(identity(17, role, "Саратов"), Room.parse(room)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "user:17, false",
        "user:18, true",
        "everyone, false",
        "role:operator, false",
        "operators, true",
        "operator:17, true",
        "city:Саратов, true"
    })
    void letsLeaveAllButWhatNotificationsGoTo(String room, boolean allowed) {
        assertThat(policy.mayLeave(identity(17, "operator", "Саратов"), Room.parse(room)))
                .isEqualTo(allowed);
    }

    @Test
    void aPageJoinsAllItsRoomsAtOnceAndNotWithoutEnd() {
        long now = System.nanoTime();
        var changes = policy.roomChanges();
        assertThat(IntStream.range(0, 1_000).filter(n -> changes.take(now)).count())
                .isEqualTo(400);
    }

    @Test
    void letsAnOperatorWithoutCitiesJoinThemAll() {
        assertThat(policy.mayJoin(identity(17, "operator"), Room.city("Самара")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"rooms:*", "admins", "order:{cities}", "'city:'"})
    void refusesPatternsThatMeanNothingAndNamesTheProperty(String pattern) {
        assertThatThrownBy(() -> policy(Map.of("x", new AccessProperties.Role(List.of(), List.of(pattern)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("realtime.access.roles.x.may-join");
    }

    @Test
    void refusesToJoinAtOnceWhatCannotBeCounted() {
        assertThatThrownBy(() -> policy(Map.of("x", new AccessProperties.Role(List.of("order:*"), List.of()))))
                .hasMessageContaining("realtime.access.roles.x.joins-at-once");
    }

    private static AccessPolicy policy(Map<String, AccessProperties.Role> roles) {
        return new AccessPolicy(new AccessProperties(roles, 200, 10, 400));
    }

    private static Identity identity(Object userId, String role, String... cities) {
        return new Identity(userId, role, null, null, List.of(cities), null);
    }
}
