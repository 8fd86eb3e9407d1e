/** A client's connection: one request at a time, its answer, its time limits, and its end. */
@NullMarked
package dev.realtime.frontdoor.connection;

import org.jspecify.annotations.NullMarked;
