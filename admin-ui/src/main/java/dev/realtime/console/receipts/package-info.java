/** The view of notifications that have to be confirmed: who has, who has not, and what was done about it. */
@NullMarked
package dev.realtime.console.receipts;

import org.jspecify.annotations.NullMarked;
