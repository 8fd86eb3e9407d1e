package dev.realtime.socketio.engine.wire;

import org.jspecify.annotations.Nullable;

/** The supported revisions of the Engine.IO protocol, by the number in the {@code EIO} parameter. */
public enum Revision {
    /** Socket.IO clients 1.x and 2.x. */
    V3("3", new WireFormatV3()),
    /** Socket.IO clients 3.x and 4.x. */
    V4("4", new WireFormatV4());

    private final String parameter;
    private final WireFormat format;

    Revision(String parameter, WireFormat format) {
        this.parameter = parameter;
        this.format = format;
    }

    public static @Nullable Revision of(@Nullable String parameter) {
        for (Revision revision : values()) {
            if (revision.parameter.equals(parameter)) {
                return revision;
            }
        }
        return null;
    }

    /** 3 or 4. */
    public int number() {
        return Integer.parseInt(parameter);
    }

    public WireFormat format() {
        return format;
    }
}
