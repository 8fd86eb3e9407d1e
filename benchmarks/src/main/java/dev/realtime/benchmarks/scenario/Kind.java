package dev.realtime.benchmarks.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of load. */
public enum Kind {
    /** Sockets are in rooms, to which events are sent. */
    @JsonProperty("broadcast")
    BROADCAST,
    /** Sockets connect, authenticate and join a room. */
    @JsonProperty("connect")
    CONNECT,
    /** Sockets are connected and idle. */
    @JsonProperty("idle")
    IDLE,
    /** Events are posted to an empty room. */
    @JsonProperty("posts")
    POSTS
}
