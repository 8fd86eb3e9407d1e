/** What a process costs, by the kernel's accounting, and how rounds are put together. */
@NullMarked
package dev.realtime.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
