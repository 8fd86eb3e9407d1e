package dev.realtime.socketio.engine;

import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.SessionListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what a listener is told, which must be nothing behind the end. */
public final class WatchedListener implements SessionListener {

    private final @Nullable SessionListener told;
    private final List<EndReason> ends = new ArrayList<>();
    private int texts;
    private int binaries;

    /** One behind which nobody hears anything. */
    public WatchedListener() {
        told = null;
    }

    public WatchedListener(SessionListener told) {
        this.told = told;
    }

    @Override
    public void onText(byte[] utf8) {
        requireNoEnd("a message");
        texts++;
        if (told != null) {
            told.onText(utf8);
        }
    }

    @Override
    public void onBinary(byte[] bytes) {
        requireNoEnd("a message");
        binaries++;
        if (told != null) {
            told.onBinary(bytes);
        }
    }

    @Override
    public void onFlood() {
        requireNoEnd("a flood");
        if (told != null) {
            told.onFlood();
        }
    }

    @Override
    public void onTooMuchData() {
        requireNoEnd("too much");
        if (told != null) {
            told.onTooMuchData();
        }
    }

    @Override
    public void onOverflow() {
        requireNoEnd("an overflow");
        if (told != null) {
            told.onOverflow();
        }
    }

    @Override
    public void onEnd(EndReason reason) {
        ends.add(reason);
        if (told != null) {
            told.onEnd(reason);
        }
    }

    public int texts() {
        return texts;
    }

    public int binaries() {
        return binaries;
    }

    /** The ends so far; a session has one. */
    public List<EndReason> ends() {
        return ends;
    }

    private void requireNoEnd(String what) {
        if (!ends.isEmpty()) {
            throw new IllegalStateException(what + " after the end");
        }
    }
}
