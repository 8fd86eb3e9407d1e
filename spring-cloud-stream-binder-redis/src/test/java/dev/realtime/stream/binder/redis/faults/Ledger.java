package dev.realtime.stream.binder.redis.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one consumer received and was told, and when. Thread-safe. */
final class Ledger {

    /** When a number was received first; like all times here, of {@link System#nanoTime()}. */
    private final Map<Integer, Long> first = new HashMap<>();

    private final List<Long> told = new ArrayList<>();
    /** Number of missing entries that were told by number. */
    private long toldEntries;

    private int doubled;

    /**
     * A message that Redis accepted.
     *
     * @param number its number
     * @param at when it was accepted
     */
    record Accepted(int number, long at) {}

    /** A message was handled. */
    synchronized void received(int number) {
        if (first.putIfAbsent(number, System.nanoTime()) != null) {
            doubled++;
        }
    }

    /**
     * A gap, a rollback, or entries that were trimmed before they were acknowledged.
     *
     * @param entries how many are missing, negative if that was not told
     */
    synchronized void told(long entries) {
        told.add(System.nanoTime());
        toldEntries += Math.max(0, entries);
    }

    synchronized boolean has(int number) {
        return first.containsKey(number);
    }

    synchronized int size() {
        return first.size();
    }

    /** Compares with what was accepted, in the order of acceptance. */
    synchronized Result result(List<Accepted> accepted) {
        int lost = 0;
        int silent = 0;
        int run = 0;
        long since = 0;
        for (Accepted message : accepted) {
            Long received = first.get(message.number());
            if (received == null) {
                since = run == 0 ? message.at() : since;
                run++;
                continue;
            }
            lost += run;
            silent += isTold(since, received) ? 0 : run;
            run = 0;
        }
        lost += run;
        silent += isTold(since, System.nanoTime()) ? 0 : run;
        // A gap that shows by the number of entries only is told within a second, after further messages.
        return new Result(first.size(), lost, doubled, told.size(), toldEntries >= lost ? 0 : silent);
    }

    /** Whether something was told after the first of some lost messages was accepted, and before the next one came. */
    private boolean isTold(long accepted, long next) {
        return told.stream().anyMatch(at -> at - accepted > 0 && next - at > 0);
    }

    /**
     * The outcome for one consumer.
     *
     * @param delivered number of different messages received
     * @param lost number of accepted messages that never arrived
     * @param doubled how often a message arrived once more
     * @param told number of gaps and rollbacks told
     * @param silent number of lost messages that were neither told by number nor before the next one
     */
    record Result(int delivered, int lost, int doubled, int told, int silent) {}
}
