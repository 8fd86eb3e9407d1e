package dev.realtime.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DefaultRoomsTest {

    /** Every member of any event, each with a different value. */
    private static final Map<String, String> ALL = Map.of(
            "id", "4711", "orderId", "1001", "operatorId", "17", "city", " Саратов ", "userId", "9", "message", "m");

    private static List<String> rooms(BroadcastEvent event, Map<String, String> members) {
        return DefaultRooms.of(event, members::get).stream().map(Room::toString).toList();
    }

    @Test
    void sendsEachEventToItsDefaultRooms() {
        for (BroadcastEvent event : BroadcastEvent.values()) {
            assertThat(rooms(event, ALL))
                    .as(event.wireName())
                    .isEqualTo(
                            switch (event) {
                                case CALL_NEW, CALL_UPDATED, CALL_ENDED ->
                                    List.of("operators", "directors", "operator:17");
                                case ORDER_NEW, ORDER_UPDATED ->
                                    List.of("operators", "directors", "city:Саратов", "order:4711");
                                case ORDER_MASTER_ASSIGNED, ORDER_STATUS_CHANGED ->
                                    List.of("operators", "directors", "order:1001");
                                case NOTIFICATION, NOTIFICATION_RECALLED -> List.of("everyone");
                                case USER_ONLINE, USER_OFFLINE, USER_STATUS, CALL_UNANSWERED -> List.of("directors");
                            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void skipsRoomsOfMissingOrInvalidNames(BroadcastEvent event) {
        assertThat(rooms(event, Map.of())).isNotEmpty();
        Map<String, String> unusable = Map.of("operatorId", "1".repeat(200), "city", " ", "id", "", "orderId", "a\nb");
        assertThat(rooms(event, unusable)).isEqualTo(rooms(event, Map.of()));
        assertThat(rooms(event, ALL)).containsAll(rooms(event, Map.of()));
    }

    @Test
    void everyKindIsFoundByItsPrefix() {
        assertThat(Arrays.stream(RoomKind.values()).map(kind -> RoomKind.ofPrefix(kind.prefix())))
                .containsExactlyElementsOf(
                        Arrays.stream(RoomKind.values()).map(Optional::of).toList());
        assertThat(RoomKind.ofPrefix("City")).isEmpty();
        assertThat(RoomKind.ofPrefix("")).isEmpty();
    }
}
