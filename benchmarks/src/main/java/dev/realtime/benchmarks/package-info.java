/** Measures the service and its peers: the command line, and the course of a round. */
@NullMarked
package dev.realtime.benchmarks;

import org.jspecify.annotations.NullMarked;
