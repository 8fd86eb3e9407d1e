package dev.realtime.service.payload;

import static dev.realtime.service.payload.FieldType.ANYTHING;
import static dev.realtime.service.payload.FieldType.ID;
import static dev.realtime.service.payload.FieldType.NOTED;
import static dev.realtime.service.payload.FieldType.NUMBER;
import static dev.realtime.service.payload.FieldType.SEVERITY;
import static dev.realtime.service.payload.FieldType.TEXT;
import static dev.realtime.service.payload.FieldType.WITH_ID;

import dev.realtime.contracts.BroadcastEvent;
import java.util.Map;

/** The known members of each event's payload, and their types. */
final class PayloadShape {

    private static final Map<String, FieldType> CALL = Map.of(
            "id", ID,
            "phoneClient", TEXT,
            "phoneAts", TEXT,
            "operatorId", ID,
            "status", TEXT,
            "duration", NUMBER,
            "recordingPath", TEXT,
            "city", NOTED);

    private static final Map<String, FieldType> ORDER = Map.of(
            "id", ID,
            "clientName", TEXT,
            "city", TEXT,
            "masterId", ID,
            "masterName", NOTED,
            "statusOrder", TEXT);

    private static final Map<String, FieldType> MASTER_ASSIGNED =
            Map.of("orderId", ID, "masterId", ID, "masterName", TEXT);

    private static final Map<String, FieldType> STATUS_CHANGED =
            Map.of("orderId", ID, "oldStatus", TEXT, "newStatus", TEXT);

    private static final Map<String, FieldType> NOTIFICATION =
            Map.of("type", TEXT, "message", TEXT, "severity", SEVERITY, "data", ANYTHING, "timestamp", TEXT);

    private static final Map<String, FieldType> RECALLED =
            Map.of("notificationId", TEXT, "confirmId", TEXT, "timestamp", TEXT);

    private static final Map<String, FieldType> PRESENCE = Map.of("userId", ID, "name", TEXT, "role", TEXT);

    private static final Map<String, FieldType> STATUS =
            Map.of("userId", ID, "name", TEXT, "status", TEXT, "since", TEXT);

    private static final Map<String, FieldType> UNANSWERED = Map.of("call", WITH_ID, "seconds", NUMBER, "step", NUMBER);

    private PayloadShape() {}

    /** The known members by name; all others are up to the sender. */
    static Map<String, FieldType> fields(BroadcastEvent event) {
        return switch (event) {
            case CALL_NEW, CALL_UPDATED, CALL_ENDED -> CALL;
            case ORDER_NEW, ORDER_UPDATED -> ORDER;
            case ORDER_MASTER_ASSIGNED -> MASTER_ASSIGNED;
            case ORDER_STATUS_CHANGED -> STATUS_CHANGED;
            case NOTIFICATION -> NOTIFICATION;
            case NOTIFICATION_RECALLED -> RECALLED;
            case USER_ONLINE, USER_OFFLINE -> PRESENCE;
            case USER_STATUS -> STATUS;
            case CALL_UNANSWERED -> UNANSWERED;
        };
    }
}
