/** The scenarios: the files in {@code benchmarks/scenarios}. */
@NullMarked
package dev.realtime.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
