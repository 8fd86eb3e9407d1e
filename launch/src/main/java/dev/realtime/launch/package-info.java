/**
 * The common startup code of this project's programs: variables, configuration checks and their report, rules for
 * secrets, and the data folder.
 */
@NullMarked
package dev.realtime.launch;

import org.jspecify.annotations.NullMarked;
