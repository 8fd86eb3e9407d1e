package dev.realtime.service.launch;

import java.util.concurrent.CompletionStage;

/**
 * Something that must be true before the port opens. Every bean of this type is waited for, after Tomcat and the
 * bindings have been started, up to {@code realtime.front-door.start-timeout}.
 */
public interface StartGate {

    /** What is waited for, for the log: "the bindings' start position". */
    String description();

    /** Completes when the port may open; completing exceptionally stops the start. */
    CompletionStage<?> opened();
}
