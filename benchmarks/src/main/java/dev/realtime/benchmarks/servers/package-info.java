/** The servers that are measured, and the Redis behind them: started on their core, asked, ended. */
@NullMarked
package dev.realtime.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
