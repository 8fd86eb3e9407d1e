package dev.realtime.console.parts;

import java.util.ArrayDeque;
import java.util.Deque;

/** Where one is in a list that is read page by page from its newest end, and the way back. Not thread-safe. */
public final class PagePlaces {

    private final Deque<String> newer = new ArrayDeque<>();
    private String before = "";

    /** Before what the page is; empty for the newest. */
    public String before() {
        return before;
    }

    public boolean isNewest() {
        return before.isEmpty();
    }

    /** Goes somewhere; the way back from there leads to the newest. */
    public void start(String place) {
        newer.clear();
        before = place;
    }

    public void older(String place) {
        newer.push(before);
        before = place;
    }

    /** Goes back to where one came from, or to the newest. */
    public void newer() {
        before = newer.isEmpty() ? "" : newer.pop();
    }
}
