package dev.realtime.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * An event's stamp, the first member of its payload: {@code "<number>-<time of sending>"} with 10 and 19 digits, the
 * time in nanoseconds of {@link System#nanoTime()}. The digits have fixed positions, so that deliveries are read
 * without parsing JSON.
 */
final class Stamp {

    /** The start of every delivery. */
    static final byte[] OPENING = "42[\"order:new\",{\"id\":\"".getBytes(StandardCharsets.US_ASCII);

    private static final int NUMBER_DIGITS = 10;
    private static final int TIME_DIGITS = 19;

    /** Length of a stamp in bytes. */
    static final int LENGTH = NUMBER_DIGITS + 1 + TIME_DIGITS;

    /** {@code order:ne} of the opening, which suffices to recognize it. */
    private static final int MARK_AT = 4;

    private static final long MARK = mark();

    private Stamp() {}

    private static long mark() {
        long mark = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            mark = mark << Byte.SIZE | OPENING[MARK_AT + i];
        }
        return mark;
    }

    /** Whether the message at this index is a stamped event. */
    static boolean isAt(ByteBuf message, int index, int length) {
        return length > OPENING.length + LENGTH && message.getLong(index + MARK_AT) == MARK;
    }

    /** The number of the event whose message is at this index. */
    static int number(ByteBuf message, int index) {
        return (int) digits(message, index + OPENING.length, NUMBER_DIGITS);
    }

    /** When the event was sent. */
    static long nanos(ByteBuf message, int index) {
        return digits(message, index + OPENING.length + NUMBER_DIGITS + 1, TIME_DIGITS);
    }

    /** Overwrites the stamp. */
    static void put(byte[] target, int at, int number, long nanos) {
        putDigits(target, at, NUMBER_DIGITS, number);
        target[at + NUMBER_DIGITS] = '-';
        putDigits(target, at + NUMBER_DIGITS + 1, TIME_DIGITS, nanos);
    }

    private static long digits(ByteBuf message, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value * 10 + message.getByte(i) - '0';
        }
        return value;
    }

    private static void putDigits(byte[] target, int at, int count, long value) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
