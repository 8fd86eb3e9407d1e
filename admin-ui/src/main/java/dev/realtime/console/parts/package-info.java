/** Components shared by several views. */
@NullMarked
package dev.realtime.console.parts;

import org.jspecify.annotations.NullMarked;
