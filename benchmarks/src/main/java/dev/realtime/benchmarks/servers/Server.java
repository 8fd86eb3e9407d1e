package dev.realtime.benchmarks.servers;

import dev.realtime.benchmarks.measure.Costs;
import java.util.List;
import java.util.OptionalLong;

/** A server that is measured, of one instance or several, ready to be used. */
public interface Server extends AutoCloseable {

    /** The secret that signs the clients' tokens. */
    String JWT_SECRET = "benchmarks-only-secret-of-forty-characters";

    String WEBHOOK_TOKEN = "benchmarks-only-webhook-token";

    Side side();

    /** One for each instance. */
    List<Integer> ports();

    /** One for each instance. */
    List<Long> pids();

    /** What all instances have cost so far. */
    Costs costs();

    /** Has everything collected that can be; the bytes of heap in use then, where there is a heap. */
    OptionalLong collect();

    /** Ends it, and the Redis behind it. */
    @Override
    void close();
}
