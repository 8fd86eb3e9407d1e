/**
 * Fuzzing: valid inputs made by a grammar, then damaged. Each target says what must hold for every input; the machinery
 * here makes the inputs, measures the memory each one costs, keeps those that reach something new, and prints what is
 * needed to see a failure again. The targets stand beside what they test, and each module's {@code FuzzTest} lists its own.
 * A build fuzzes for half a minute, {@code tools/fuzz.sh} for longer.
 *
 * <pre>
 *   -Dfuzz.seconds=3.4    how long each target takes (the default)
 *   -Dfuzz.inputs=n       how many inputs each target gets, instead of a time
 *   -Dfuzz.seed=n         the random numbers of an earlier run
 *   -Dfuzz.replay=hex     this one input, for the target of -Dfuzz.target=name
 * </pre>
 *
 * <p>Our own and no library: the property libraries generate values, not damaged bytes, and none of them keeps inputs by
 * what they reach.
 */
@NullMarked
package dev.realtime.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
