package dev.realtime.service.launch;

import java.util.concurrent.CompletionStage;

/**
 * A condition that must be met before the port opens. After Tomcat and the bindings have started, the service waits for
 * every bean of this type, up to {@code realtime.front-door.start-timeout}.
 */
public interface StartGate {

    /** The condition, for the log: "the bindings' start position". */
    String description();

    /** Completes when the port may open; completing exceptionally stops the start. */
    CompletionStage<?> opened();
}
