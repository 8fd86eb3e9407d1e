/** A client's connection: one request at a time, its response, its deadlines, and its end. */
@NullMarked
package dev.realtime.frontdoor.connection;

import org.jspecify.annotations.NullMarked;
