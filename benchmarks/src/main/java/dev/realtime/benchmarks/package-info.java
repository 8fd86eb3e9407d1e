/** Measures the service beside its peers: the command line, and what happens in a round. */
@NullMarked
package dev.realtime.benchmarks;

import org.jspecify.annotations.NullMarked;
