/** The view of calls: who waits, who talks, and what was missed today. */
@NullMarked
package dev.realtime.console.calls;

import org.jspecify.annotations.NullMarked;
