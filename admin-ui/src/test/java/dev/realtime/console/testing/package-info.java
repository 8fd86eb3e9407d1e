/** The tools of the views' tests. */
@NullMarked
package dev.realtime.console.testing;

import org.jspecify.annotations.NullMarked;
