package dev.realtime.console.parts;

import java.util.ArrayDeque;
import java.util.Deque;

/** The position in a list that is read page by page from its newest end, and the way back. Not thread-safe. */
public final class PagePlaces {

    private final Deque<String> newer = new ArrayDeque<>();
    private String before = "";

    /** The place before which the page lies; empty for the newest page. */
    public String before() {
        return before;
    }

    public boolean isNewest() {
        return before.isEmpty();
    }

    /** Goes to a place; the way back from there leads to the newest page. */
    public void start(String place) {
        newer.clear();
        before = place;
    }

    public void older(String place) {
        newer.push(before);
        before = place;
    }

    /** Goes back to the previous place, or to the newest page. */
    public void newer() {
        before = newer.isEmpty() ? "" : newer.pop();
    }
}
