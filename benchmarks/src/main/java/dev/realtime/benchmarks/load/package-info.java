/** The load generator: thousands of cheap sockets and a poster on one event loop, and the ledger of deliveries. */
@NullMarked
package dev.realtime.benchmarks.load;

import org.jspecify.annotations.NullMarked;
