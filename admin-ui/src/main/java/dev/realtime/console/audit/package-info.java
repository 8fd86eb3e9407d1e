/** The view of the audit. */
@NullMarked
package dev.realtime.console.audit;

import org.jspecify.annotations.NullMarked;
