package dev.realtime.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The request that sends one event: an order of about 450 bytes, with its stamp at a fixed place. */
final class Payload {

    private static final String ORDER = "\",\"rk\":\"Саратов-118\",\"clientName\":\"Анна Сергеевна Кузнецова\","
            + "\"phone\":\"+79271234567\",\"address\":\"ул. Московская, д. 118, кв. 42, подъезд 3\","
            + "\"city\":\"Саратов\",\"typeEquipment\":\"Стиральная машина\",\"problem\":\"Не сливает воду\","
            + "\"statusOrder\":\"Ожидает\",\"masterId\":17,\"operatorId\":4,\"price\":1850,\"avitoName\":\"\"}";

    private final byte[] body;
    private final int stampAt;

    private Payload(String before, String after) {
        byte[] start = before.getBytes(StandardCharsets.UTF_8);
        this.stampAt = start.length;
        this.body = (before + "0".repeat(Stamp.LENGTH) + after).getBytes(StandardCharsets.UTF_8);
    }

    /** A body for the REST API. */
    static Payload rest(List<String> rooms) {
        String names = rooms.stream().map(room -> '"' + room + '"').collect(Collectors.joining(","));
        return new Payload("{\"order\":{\"id\":\"", ORDER + ",\"rooms\":[" + names + "]}");
    }

    /** The delivery itself, for a publisher that forwards the body. */
    static Payload plain() {
        return new Payload(new String(Stamp.OPENING, StandardCharsets.US_ASCII), ORDER + "]");
    }

    /** The bytes of the event with this number and the current time. Valid until the next call. */
    byte[] stamped(int number, long nanos) {
        Stamp.put(body, stampAt, number, nanos);
        return body;
    }
}
