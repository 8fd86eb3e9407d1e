package dev.realtime.demo;

import java.time.Instant;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** A call from its first ring to its end. */
final class Call {

    final int id;
    final String phone;
    final String city;
    private final Instant began;
    private boolean ringing = true;

    @Nullable
    Person operator;

    String status = "new";

    Call(int id, String phone, String city, @Nullable Person operator, Instant began) {
        this.id = id;
        this.phone = phone;
        this.city = city;
        this.operator = operator;
        this.began = began;
    }

    boolean isRinging() {
        return ringing;
    }

    void answer(String with) {
        ringing = false;
        status = with;
    }

    /** The payload that all events of the call have in common. */
    JSONObject payload(Instant now) {
        JSONObject payload = new JSONObject()
                .put("id", id)
                .put("phoneClient", phone)
                .put("city", city)
                .put("status", status)
                .put("duration", Math.max(0, now.getEpochSecond() - began.getEpochSecond()));
        if (operator != null) {
            payload.put("operatorId", operator.id()).put("operatorName", operator.name());
        }
        return payload;
    }
}
