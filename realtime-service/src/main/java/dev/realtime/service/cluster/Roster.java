package dev.realtime.service.cluster;

import dev.realtime.service.cluster.RegisterStore.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The other instances as of the last beat. One thread adds beats, any thread reads.
 *
 * <p>After an outage of Redis no other instance has beaten either, so instances that were live stay live until they
 * have had time to beat.
 */
final class Roster {

    private static final Duration GAP = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final InstanceEntry entries;
    private final LongSupplier nanos;
    private Map<String, Read> read = Map.of();
    private @Nullable Long lastBeat;
    private volatile long steadySince;
    private volatile Map<String, Instance> live = Map.of();
    private volatile Map<String, Duration> silences = Map.of();

    /** A parsed entry with its text, so that an unchanged entry is not parsed again. */
    private record Read(String text, String salt, Optional<Instance> instance) {}

    Roster(InstanceEntry entries) {
        this(entries, System::nanoTime);
    }

    /** For tests, with a clock in nanoseconds. */
    Roster(InstanceEntry entries, LongSupplier nanos) {
        this.entries = entries;
        this.nanos = nanos;
        this.steadySince = nanos.getAsLong();
    }

    /** Live instances by name, of whatever protocol version. */
    Map<String, Instance> live() {
        return live;
    }

    Map<String, Duration> silent(Duration least) {
        if (!isSteady()) {
            return Map.of();
        }
        Map<String, Duration> silent = new HashMap<>(silences);
        silent.values().removeIf(silence -> silence.compareTo(least) < 0);
        return silent;
    }

    private boolean isSteady() {
        return nanos.getAsLong() - steadySince >= GRACE.toNanos();
    }

    void take(List<Row> rows, String self, String salt) {
        long now = nanos.getAsLong();
        if (lastBeat == null || now - lastBeat > GAP.toNanos()) {
            steadySince = now;
        }
        lastBeat = now;
        boolean steady = isSteady();
        Map<String, Read> nowRead = new HashMap<>();
        Map<String, Instance> nowLive = new HashMap<>();
        Map<String, Duration> nowSilent = new HashMap<>();
        for (Row row : rows) {
            if (row.name().equals(self) || !InstanceName.isName(row.name())) {
                continue;
            }
            nowSilent.put(row.name(), row.silentFor());
            boolean wasLive = live.containsKey(row.name());
            if (row.silentFor().compareTo(InstanceRegistry.LIVE_FOR) < 0 || (wasLive && !steady)) {
                Read current = read(row, salt);
                nowRead.put(row.name(), current);
                current.instance.ifPresent(found -> nowLive.put(row.name(), silent(found, row.silentFor())));
            }
        }
        read = nowRead;
        live = Map.copyOf(nowLive);
        silences = Map.copyOf(nowSilent);
    }

    private Read read(Row row, String salt) {
        Read before = read.get(row.name());
        return before != null && before.text.equals(row.entry()) && before.salt.equals(salt)
                ? before
                : new Read(row.entry(), salt, entries.read(row.name(), row.entry(), salt));
    }

    private static Instance silent(Instance instance, Duration silentFor) {
        return new Instance(
                instance.name(),
                instance.protocol(),
                instance.trusted(),
                instance.address(),
                instance.version(),
                silentFor,
                instance.attributes(),
                instance.fingerprints());
    }
}
