/** The client of the service's admin API, which acts in the name of the console's user. */
@NullMarked
package dev.realtime.console.api;

import org.jspecify.annotations.NullMarked;
