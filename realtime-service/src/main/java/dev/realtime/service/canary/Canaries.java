package dev.realtime.service.canary;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This instance's canaries that are under way, and how far each has come. A canary that comes back accounts for all
 * before it. Bounded: of more than {@value #MOST} canaries the oldest and the newest are kept. Thread-safe.
 */
final class Canaries {

    static final int MOST = 32;

    private final Deque<Sent> underWay = new ArrayDeque<>();
    private long lastNumber;
    private long readAt;
    private long backAt;
    private long lastBackSentAt;

    private static final class Sent {

        private final long number;
        private final long at;
        private final long clusterMillis;
        private boolean published;
        private boolean read;
        private @Nullable String failure;

        Sent(long number, long at, long clusterMillis) {
            this.number = number;
            this.at = at;
            this.clusterMillis = clusterMillis;
        }
    }

    /**
     * A canary that has not come back in time.
     *
     * @param stage where it was lost
     * @param sentAt when it was sent, by Redis' clock
     * @param waiting how long it has been under way
     * @param failure why publishing it failed; null when it did not fail
     */
    record Overdue(
            Stage stage,
            long sentAt,
            Duration waiting,
            @Nullable String failure) {}

    /**
     * Adds a canary.
     *
     * @param at the time of sending, by {@link System#nanoTime()}
     * @param clusterMillis the same time by Redis' clock
     * @return the canary's number
     */
    synchronized long send(long at, long clusterMillis) {
        if (underWay.size() == MOST) {
            Sent oldest = underWay.removeFirst();
            underWay.removeFirst();
            underWay.addFirst(oldest);
        }
        underWay.addLast(new Sent(++lastNumber, at, clusterMillis));
        return lastNumber;
    }

    /** Redis has the canary. */
    synchronized void published(long number) {
        find(number).ifPresent(sent -> sent.published = true);
    }

    /** Redis does not have the canary, or may not have it. */
    synchronized void notPublished(long number, String failure) {
        find(number).ifPresent(sent -> sent.failure = failure);
    }

    /** A canary of another instance was read from the stream. */
    synchronized void readAnothers(long now) {
        readAt = now;
    }

    /** The canary was read from the stream; returns false when no such canary is under way. */
    synchronized boolean read(long number, long now) {
        readAt = now;
        Optional<Sent> known = find(number);
        known.ifPresent(sent -> sent.read = true);
        return known.isPresent();
    }

    /** The canary has come the whole way; ignored when it is not under way. */
    synchronized void back(long number, long now) {
        find(number).ifPresent(back -> {
            lastBackSentAt = back.clusterMillis;
            backAt = now;
            underWay.removeIf(sent -> sent.number <= number);
        });
    }

    /** Forgets the canaries under way, when this instance is not the reason why they do not come back. */
    synchronized void forget() {
        underWay.clear();
    }

    /** The oldest canary, if it has been under way for at least that long. */
    synchronized Optional<Overdue> overdue(long now, Duration lostAfter) {
        Sent oldest = underWay.peekFirst();
        if (oldest == null || now - oldest.at < lostAfter.toNanos()) {
            return Optional.empty();
        }
        Stage stage = oldest.read ? Stage.FAN_OUT : oldest.published ? Stage.READ : Stage.PUBLISH;
        return Optional.of(new Overdue(stage, oldest.clusterMillis, Duration.ofNanos(now - oldest.at), oldest.failure));
    }

    /** When the last canary of any instance was read, by {@link System#nanoTime()}; 0 before the first. */
    synchronized long readAt() {
        return readAt;
    }

    /** When the last canary came back, by {@link System#nanoTime()}; 0 before the first. */
    synchronized long backAt() {
        return backAt;
    }

    /** When the last canary that came back was sent, by Redis' clock; 0 before the first. */
    synchronized long lastBackSentAt() {
        return lastBackSentAt;
    }

    private Optional<Sent> find(long number) {
        return underWay.stream().filter(sent -> sent.number == number).findFirst();
    }
}
