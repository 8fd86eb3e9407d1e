package dev.realtime.benchmarks.servers;

import dev.realtime.benchmarks.measure.Costs;
import java.util.List;
import java.util.OptionalLong;

/** A running server under measurement, of one or several instances. */
public interface Server extends AutoCloseable {

    /** The secret that signs the clients' tokens. */
    String JWT_SECRET = "benchmarks-only-secret-of-forty-characters";

    String WEBHOOK_TOKEN = "benchmarks-only-webhook-token";

    Side side();

    /** One for each instance. */
    List<Integer> ports();

    /** One for each instance. */
    List<Long> pids();

    /** The costs of all instances so far. */
    Costs costs();

    /** Collects garbage; returns the bytes of heap then in use, if there is a heap. */
    OptionalLong collect();

    /** Stops the server and its Redis. */
    @Override
    void close();
}
