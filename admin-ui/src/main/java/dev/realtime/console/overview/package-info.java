/** The first page: is everything as it should be? */
@NullMarked
package dev.realtime.console.overview;

import org.jspecify.annotations.NullMarked;
