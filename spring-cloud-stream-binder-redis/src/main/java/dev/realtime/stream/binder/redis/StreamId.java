package dev.realtime.stream.binder.redis;

/**
 * The id of a stream entry, ordered as in Redis.
 *
 * @param millis server time at which the entry was added
 * @param sequence the entry's number within that millisecond
 */
public record StreamId(long millis, long sequence) implements Comparable<StreamId> {

    /** The last id of a stream that never had entries. */
    public static final String ZERO = "0-0";

    /** Reads {@code millis-sequence} or {@code millis}. */
    public static StreamId parse(String id) {
        int dash = id.indexOf('-');
        return dash < 0
                ? new StreamId(Long.parseUnsignedLong(id), 0)
                : new StreamId(
                        Long.parseUnsignedLong(id, 0, dash, 10), Long.parseUnsignedLong(id, dash + 1, id.length(), 10));
    }

    /** Whether {@code left} comes after {@code right}. */
    public static boolean isAfter(String left, String right) {
        return parse(left).compareTo(parse(right)) > 0;
    }

    /** The id directly before this one, whether or not an entry has it. The lowest id returns itself. */
    public StreamId previous() {
        if (sequence != 0) {
            return new StreamId(millis, sequence - 1);
        }
        return millis == 0 ? this : new StreamId(millis - 1, -1);
    }

    /** The id directly after this one, whether or not an entry has it. The highest id returns itself. */
    public StreamId next() {
        if (sequence != -1) {
            return new StreamId(millis, sequence + 1);
        }
        return millis == -1 ? this : new StreamId(millis + 1, 0);
    }

    /** The id as Redis prints it. */
    @Override
    public String toString() {
        return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
    }

    @Override
    public int compareTo(StreamId other) {
        int byMillis = Long.compareUnsigned(millis, other.millis);
        return byMillis != 0 ? byMillis : Long.compareUnsigned(sequence, other.sequence);
    }
}
