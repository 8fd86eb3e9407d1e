/** The measured servers and their Redis: starting, querying and stopping them. */
@NullMarked
package dev.realtime.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
