/** Who did what. */
@NullMarked
package dev.realtime.console.audit;

import org.jspecify.annotations.NullMarked;
