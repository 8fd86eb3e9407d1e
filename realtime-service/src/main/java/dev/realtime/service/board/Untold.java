package dev.realtime.service.board;

import dev.realtime.contracts.board.CallStage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The calls that wait for an answer and the operators whose status was not told yet, in the order of time. Looking for
 * those whose time has come costs the same whether ten calls go on or 100,000. Not thread-safe; see {@link
 * Board#untold}.
 */
public final class Untold {

    /** The most steps of {@code call:unanswered}. */
    public static final int MOST_STEPS = 11;

    /** No call or no person; later than any time. */
    public static final long NONE = Long.MAX_VALUE;

    private static final String OPERATOR = "operator";

    /** The waiting calls by the last step that was told, those that wait for the longest time first. */
    private final List<NavigableSet<CallEntry>> calls = new ArrayList<>(MOST_STEPS);

    private final NavigableSet<PersonEntry> people =
            new TreeSet<>(Comparator.comparingLong(PersonEntry::since).thenComparing(PersonEntry::key));

    private long toldCalls;

    Untold() {
        for (int told = 0; told < MOST_STEPS; told++) {
            calls.add(new TreeSet<>(Comparator.comparingLong(CallEntry::since).thenComparing(CallEntry::key)));
        }
    }

    void add(CallEntry call) {
        if (isWaiting(call)) {
            calls.get(call.toldStep()).add(call);
        }
    }

    void remove(CallEntry call) {
        if (isWaiting(call)) {
            calls.get(call.toldStep()).remove(call);
        }
    }

    private static boolean isWaiting(CallEntry call) {
        return call.stage() == CallStage.WAITING && !call.isOver() && call.toldStep() < MOST_STEPS;
    }

    void add(PersonEntry person) {
        if (isUntold(person)) {
            people.add(person);
        }
    }

    void remove(PersonEntry person) {
        if (isUntold(person)) {
            people.remove(person);
        }
    }

    private static boolean isUntold(PersonEntry person) {
        return person.isUntold() && OPERATOR.equals(person.role());
    }

    void noteTold() {
        toldCalls++;
    }

    /** How many {@code call:unanswered} this instance has read since it loaded the board. */
    public long toldCalls() {
        return toldCalls;
    }

    /** When the call came that waits for the longest time, of those that were told this step last; or {@link #NONE}. */
    public long firstCall(int told) {
        return calls.get(told).isEmpty() ? NONE : calls.get(told).first().since();
    }

    /**
     * The calls that came up to a time, those that wait for the longest time first.
     *
     * @param told the last step that they were told
     * @param upTo in milliseconds since 1970
     */
    public List<CallEntry> calls(int told, long upTo, int most, Predicate<CallEntry> which) {
        return callsUpTo(told, upTo).filter(which).limit(most).toList();
    }

    /** How many calls came up to a time. Counts them one by one. */
    public long countCalls(int told, long upTo) {
        return callsUpTo(told, upTo).count();
    }

    private Stream<CallEntry> callsUpTo(int told, long upTo) {
        return calls.get(told).stream().takeWhile(call -> call.since() <= upTo);
    }

    /** Whether a call still waits, and no further step was told. */
    public boolean has(CallEntry call) {
        return calls.get(call.toldStep()).contains(call);
    }

    /** When the status began that is untold for the longest time; or {@link #NONE}. */
    public long firstPerson() {
        return people.isEmpty() ? NONE : people.first().since();
    }

    /**
     * The operators whose untold status began up to a time, the longest untold first.
     *
     * @param upTo in milliseconds since 1970
     */
    public List<PersonEntry> people(long upTo, int most, Predicate<PersonEntry> which) {
        return people.stream()
                .takeWhile(person -> person.since() <= upTo)
                .filter(which)
                .limit(most)
                .toList();
    }

    /** Whether a person still has a status, and it was not told. */
    public boolean has(PersonEntry person) {
        PersonEntry found = people.floor(person);
        return found != null
                && found.since() == person.since()
                && found.key().equals(person.key())
                && found.status() == person.status();
    }

    /** How many operators' statuses are untold. */
    public int countPeople() {
        return people.size();
    }
}
