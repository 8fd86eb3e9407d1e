package dev.realtime.benchmarks.servers;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.realtime.benchmarks.load.Dialect;

/** The measured sides. */
public enum Side {
    @JsonProperty("ours")
    OURS("ours", Dialect.SOCKET_IO),
    /** An older jar of the service. */
    @JsonProperty("baseline")
    BASELINE("baseline", Dialect.SOCKET_IO),
    /** Socket.IO's own server, alone. */
    @JsonProperty("node")
    NODE("node", Dialect.SOCKET_IO),
    /** Socket.IO's own server with its Redis Streams adapter. */
    @JsonProperty("node-redis")
    NODE_REDIS("node-redis", Dialect.SOCKET_IO),
    /** nginx with nchan. */
    @JsonProperty("nchan")
    NCHAN("nchan", Dialect.PLAIN);

    private final String label;
    private final Dialect dialect;

    Side(String label, Dialect dialect) {
        this.label = label;
        this.dialect = dialect;
    }

    /** The side's name in files, options and tables. */
    public String label() {
        return label;
    }

    public Dialect dialect() {
        return dialect;
    }

    public static Side of(String label) {
        for (Side side : values()) {
            if (side.label.equals(label)) {
                return side;
            }
        }
        throw new IllegalArgumentException("There is no side \"" + label + "\"");
    }
}
