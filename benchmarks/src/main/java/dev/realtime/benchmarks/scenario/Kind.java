package dev.realtime.benchmarks.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done to a server. */
public enum Kind {
    /** Sockets are in rooms, and events go to these. */
    @JsonProperty("broadcast")
    BROADCAST,
    /** Sockets connect, say who they are, and join a room. */
    @JsonProperty("connect")
    CONNECT,
    /** Sockets are there, and nothing happens. */
    @JsonProperty("idle")
    IDLE,
    /** Events are posted to a room with nobody in it. */
    @JsonProperty("posts")
    POSTS
}
