/**
 * How the console starts: its variables, what is refused before anything runs, the embedded Redis of a service on this
 * machine, and the jar's command {@code hash-password}.
 *
 * <p>{@link dev.realtime.console.launch.LaunchInitializer} does it before the context is refreshed, so that every other
 * package finds plain properties: {@code console.*}, {@code server.*} and {@code spring.data.redis.*}.
 */
@NullMarked
package dev.realtime.console.launch;

import org.jspecify.annotations.NullMarked;
