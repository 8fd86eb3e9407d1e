package dev.realtime.stream.binder.redis.wire;

import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binder.BinderHeaders;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/**
 * Encodes messages as fields of a stream entry: {@value #PAYLOAD}, the payload's unchanged bytes, and
 * {@value #HEADERS}, the headers as one JSON object (see {@link HeaderCodec}). Stateless.
 */
public final class RecordCodec {

    /** Field with the payload's bytes. */
    public static final String PAYLOAD = "payload";

    /** Field with the headers as JSON; may be missing. */
    public static final String HEADERS = "headers";

    /** Field with the only group that an entry is for; that of entries put back from a dead letter stream. */
    public static final String ONLY_GROUP = "only-group";

    private static final Logger log = LoggerFactory.getLogger(RecordCodec.class);

    private static final byte[] PAYLOAD_FIELD = StreamKeys.bytes(PAYLOAD);
    private static final byte[] HEADERS_FIELD = StreamKeys.bytes(HEADERS);

    /** Headers that only make sense within one process. */
    private static final Set<String> INFRASTRUCTURE = Set.of(
            MessageHeaders.ID,
            MessageHeaders.TIMESTAMP,
            MessageHeaders.REPLY_CHANNEL,
            MessageHeaders.ERROR_CHANNEL,
            IntegrationMessageHeaderAccessor.SOURCE_DATA,
            IntegrationMessageHeaderAccessor.DELIVERY_ATTEMPT,
            IntegrationMessageHeaderAccessor.ACKNOWLEDGMENT_CALLBACK,
            IntegrationMessageHeaderAccessor.CLOSEABLE_RESOURCE,
            BinderHeaders.NATIVE_HEADERS_PRESENT,
            BinderHeaders.BATCH_HEADERS,
            "target-protocol");

    /** Not {@code spring.cloud.function.}: its headers route a message, wherever it is read. */
    private static final List<String> INFRASTRUCTURE_PREFIXES =
            List.of(RedisBinderHeaders.PREFIX, "scst_", "spring.cloud.stream.");

    private RecordCodec() {}

    /**
     * The entry's fields and values, alternating.
     *
     * @param wanted selects the headers to encode by name
     * @param lost is told what cannot be encoded
     */
    public static List<byte[]> encode(Message<?> message, Predicate<String> wanted, LostHeaders lost) {
        List<byte[]> fields = new ArrayList<>(4);
        fields.add(PAYLOAD_FIELD);
        fields.add(payload(message.getPayload()));
        byte[] headers =
                HeaderCodec.encode(message.getHeaders(), name -> travels(name) && wanted.test(name), lost::tell);
        if (headers != null) {
            fields.add(HEADERS_FIELD);
            fields.add(headers);
        }
        return fields;
    }

    /** The fields of an existing entry with additional headers. */
    public static List<byte[]> encode(StreamRecord entry, Map<String, Object> added) {
        Map<String, Object> headers = headers(entry);
        headers.putAll(added);
        // They came from an entry, so an entry can carry them.
        byte[] json = HeaderCodec.encode(headers, RecordCodec::travels, (name, type) -> {});
        return json == null
                ? List.of(PAYLOAD_FIELD, entry.payload())
                : List.of(PAYLOAD_FIELD, entry.payload(), HEADERS_FIELD, json);
    }

    /** The headers of an entry, as a mutable map; empty if it has none or they are unreadable. */
    public static Map<String, Object> headers(StreamRecord entry) {
        byte @Nullable [] json = entry.headers();
        if (json != null) {
            try {
                Map<String, Object> headers = HeaderCodec.decode(json);
                headers.keySet().removeIf(name -> !travels(name));
                return headers;
            } catch (RuntimeException unreadable) {
                log.warn("Ignoring the headers of {}: they cannot be decoded", entry);
                log.debug("Unreadable headers of {}", entry, unreadable);
            }
        }
        return new LinkedHashMap<>();
    }

    private static boolean travels(String header) {
        if (INFRASTRUCTURE.contains(header)) {
            return false;
        }
        for (String prefix : INFRASTRUCTURE_PREFIXES) {
            if (header.startsWith(prefix)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] payload(Object payload) {
        if (payload instanceof byte[] bytes) {
            return bytes;
        }
        if (payload instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException("A payload must be byte[] or String, not "
                + payload.getClass().getName() + ": is native encoding enabled?");
    }
}
