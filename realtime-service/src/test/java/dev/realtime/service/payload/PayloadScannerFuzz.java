package dev.realtime.service.payload;

import static dev.realtime.testkit.fuzz.Bytes.join;
import static dev.realtime.testkit.fuzz.Bytes.magnitude;
import static dev.realtime.testkit.fuzz.Bytes.oneOf;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.testkit.fuzz.JsonText;
import dev.realtime.testkit.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bodies of broadcast requests. An input's first byte says for which event. */
public final class PayloadScannerFuzz implements Target {

    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05.600Z");

    /** Numbers pass with all their digits, however many. */
    private static final JsonMapper OTHER_READER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build());

    @Override
    public String name() {
        return "payload-scanner";
    }

    @Override
    public int bytesPerByte() {
        return 192;
    }

    @Override
    public int bytesAtLeast() {
        // Each of the rooms that a request may name can be none, and each exception has a stack trace.
        return 512 * 1024;
    }

    @Override
    public byte[] generate(RandomGenerator random) {
        int event = random.nextInt(BroadcastEvent.values().length);
        String payload = "{\"" + BroadcastEvent.values()[event].requiredField() + "\":"
                + oneOf(random, "1", "\"a\"", JsonText.value(random, 1))
                + member(random, "operatorId", JsonText.value(random, 1))
                + member(random, "city", JsonText.string(random))
                + member(random, "timestamp", oneOf(random, "null", "\"2030\"", "1"))
                + member(random, "data", JsonText.value(random, 3))
                + member(random, "severity", oneOf(random, "\"info\"", "\"error\"", "\"x\""))
                + "}";
        String rooms = member(
                random, "rooms", oneOf(random, "[\"operators\"]", "[\"operator:1\",\"city:a\"]", "[]", "[1]", "null"));
        String token = member(random, "token", JsonText.string(random));
        String text = BroadcastEvent.values()[event]
                .payloadField()
                .map(field -> "{\"" + field + "\":" + payload + rooms + token + "}")
                .orElseGet(() -> payload.substring(0, payload.length() - 1) + rooms + token + "}");
        return join(new byte[] {(byte) event}, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String member(RandomGenerator random, String name, String value) {
        return random.nextInt(3) == 0 ? ",\"" + name + "\":" + value : "";
    }

    @Override
    public Outcome take(byte[] input) {
        BroadcastEvent event =
                BroadcastEvent.values()[input.length == 0 ? 0 : (input[0] & 0xFF) % BroadcastEvent.values().length];
        byte[] body = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        try {
            ScannedRequest scanned = PayloadScanner.request(event, body, NOW);
            require(scanned.fingerprint().length() == 64, "no fingerprint");
            boolean token = scanned.token() != null;
            return new Accepted(scanned.broadcast(), token);
        } catch (InvalidPayloadException e) {
            require(!e.violations().isEmpty(), "a refusal without a reason");
            Violation first = e.violations().getFirst();
            return Target.refused(e.code() + " " + first.path() + " " + first.message());
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    private record Accepted(ScannedRequest.Broadcast broadcast, boolean token) implements Outcome {

        @Override
        public String kind() {
            return broadcast.event() + (token ? " token" : "") + " rooms "
                    + magnitude(broadcast.rooms().size()) + " in " + magnitude(broadcast.payload().length);
        }

        @Override
        public void prove() throws InvalidPayloadException {
            byte[] payload = broadcast.payload();
            // What leaves by the stream is taken from it again, as it is.
            ValidPayload again = PayloadScanner.scan(broadcast.event(), payload, NOW);
            require(Arrays.equals(again.json(), payload), "changes on the way through the stream");
            JsonNode seen = OTHER_READER.readTree(payload);
            require(seen.isObject(), "no object to another reader");
            require(!broadcast.rooms().isEmpty(), "for nobody");
            require(seen.has(broadcast.event().requiredField()), "without what it needs");
        }
    }
}
