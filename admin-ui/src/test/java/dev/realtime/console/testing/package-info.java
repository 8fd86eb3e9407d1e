/** What the views' tests are made of. */
@NullMarked
package dev.realtime.console.testing;

import org.jspecify.annotations.NullMarked;
