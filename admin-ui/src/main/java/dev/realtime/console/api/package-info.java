/** The service's admin API, asked in the name of whoever uses the console. */
@NullMarked
package dev.realtime.console.api;

import org.jspecify.annotations.NullMarked;
