/** The results as a table, as JSON and as a picture. */
@NullMarked
package dev.realtime.benchmarks.report;

import org.jspecify.annotations.NullMarked;
