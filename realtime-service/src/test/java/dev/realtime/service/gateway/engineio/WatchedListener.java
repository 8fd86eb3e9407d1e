package dev.realtime.service.gateway.engineio;

import java.util.ArrayList;
import java.util.List;

/** Counts what a listener is told, which must be nothing behind the end. */
final class WatchedListener implements SessionListener {

    private final SessionListener told;
    private final List<EndReason> ends = new ArrayList<>();
    private int texts;
    private int binaries;

    WatchedListener(SessionListener told) {
        this.told = told;
    }

    @Override
    public void onText(byte[] utf8) {
        requireNoEnd("a message");
        texts++;
        told.onText(utf8);
    }

    @Override
    public void onBinary(byte[] bytes) {
        requireNoEnd("a message");
        binaries++;
        told.onBinary(bytes);
    }

    @Override
    public void onFlood() {
        requireNoEnd("a flood");
        told.onFlood();
    }

    @Override
    public void onTooMuchData() {
        requireNoEnd("too much");
        told.onTooMuchData();
    }

    @Override
    public void onOverflow() {
        requireNoEnd("an overflow");
        told.onOverflow();
    }

    @Override
    public void onEnd(EndReason reason) {
        ends.add(reason);
        told.onEnd(reason);
    }

    int texts() {
        return texts;
    }

    int binaries() {
        return binaries;
    }

    /** The ends so far; a session has one. */
    List<EndReason> ends() {
        return ends;
    }

    private void requireNoEnd(String what) {
        if (!ends.isEmpty()) {
            throw new IllegalStateException(what + " after the end");
        }
    }
}
