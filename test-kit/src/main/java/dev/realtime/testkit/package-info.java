/**
 * What the tests of several modules share: a watch for lost buffers, a client that writes bytes as it is told, the log's lines
 * in memory, and fuzzing. A dependency of scope {@code test} only; it knows nothing of the modules.
 */
@NullMarked
package dev.realtime.testkit;

import org.jspecify.annotations.NullMarked;
