/**
 * What the programs of this project have in common when they start: variables, what is refused before anything runs and
 * how that is told, rules for secrets, and the data folder.
 */
@NullMarked
package dev.realtime.launch;

import org.jspecify.annotations.NullMarked;
