/** What is measured: the files in {@code benchmarks/scenarios}. */
@NullMarked
package dev.realtime.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
