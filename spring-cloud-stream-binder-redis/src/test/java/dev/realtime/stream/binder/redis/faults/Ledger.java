package dev.realtime.stream.binder.redis.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one consumer received and was told, in order. Thread-safe. */
final class Ledger {

    private static final int NEVER = Integer.MAX_VALUE;

    /** Where in the order a number was received first. */
    private final Map<Integer, Integer> first = new HashMap<>();

    private final List<Integer> told = new ArrayList<>();
    /** Number of missing entries that were told by number. */
    private long toldEntries;

    private int steps;
    private int doubled;
    private int newest = -1;

    /** A message was handled. */
    synchronized void received(int number) {
        if (first.putIfAbsent(number, steps++) != null) {
            doubled++;
        }
        newest = Math.max(newest, number);
    }

    /**
     * A gap, a rollback, or entries that were trimmed before they were acknowledged.
     *
     * @param entries how many are missing, negative if that was not told
     */
    synchronized void told(long entries) {
        told.add(steps++);
        toldEntries += Math.max(0, entries);
    }

    synchronized boolean has(int number) {
        return first.containsKey(number);
    }

    synchronized int size() {
        return first.size();
    }

    /** The highest number received. */
    synchronized int newest() {
        return newest;
    }

    /**
     * Compares with what was accepted.
     *
     * @param accepted the numbers of the messages that Redis accepted, in their order
     */
    synchronized Result result(List<Integer> accepted) {
        int lost = 0;
        int silent = 0;
        int before = -1;
        List<Integer> run = new ArrayList<>();
        for (int number : accepted) {
            Integer at = first.get(number);
            if (at == null) {
                run.add(number);
                continue;
            }
            lost += run.size();
            silent += isTold(before, at) ? 0 : run.size();
            run.clear();
            before = Math.max(before, at);
        }
        lost += run.size();
        silent += isTold(before, NEVER) ? 0 : run.size();
        // A gap that shows by the number of entries only is told within a second, after further messages.
        return new Result(first.size(), lost, doubled, told.size(), toldEntries >= lost ? 0 : silent);
    }

    /** Whether something was told between the messages around the lost ones. */
    private boolean isTold(int after, int before) {
        return told.stream().anyMatch(at -> at > after && at < before);
    }

    /**
     * The outcome for one consumer.
     *
     * @param delivered number of different messages received
     * @param lost number of accepted messages that never arrived
     * @param doubled how often a message arrived once more
     * @param told number of gaps and rollbacks told
     * @param silent number of lost messages that were neither told by number nor around them
     */
    record Result(int delivered, int lost, int doubled, int told, int silent) {}
}
