/** The first page: the state of the system at a glance. */
@NullMarked
package dev.realtime.console.overview;

import org.jspecify.annotations.NullMarked;
