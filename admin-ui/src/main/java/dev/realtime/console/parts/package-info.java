/** Pieces that several views are made of. */
@NullMarked
package dev.realtime.console.parts;

import org.jspecify.annotations.NullMarked;
