/**
 * The console's startup: its variables, configuration checks, the embedded Redis of a service on this machine, and the
 * jar's command {@code hash-password}.
 *
 * <p>{@link dev.realtime.console.launch.LaunchInitializer} runs before the context is refreshed, so that all other
 * packages find plain properties: {@code console.*}, {@code server.*} and {@code spring.data.redis.*}.
 */
@NullMarked
package dev.realtime.console.launch;

import org.jspecify.annotations.NullMarked;
