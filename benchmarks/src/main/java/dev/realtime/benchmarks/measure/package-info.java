/** The costs of processes by the kernel's accounting, and the combination of rounds. */
@NullMarked
package dev.realtime.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
