/** HTTP/1.1 as it is spoken here: what is decoded when, what is refused, and how an answer's end is told. */
@NullMarked
package dev.realtime.frontdoor.http;

import org.jspecify.annotations.NullMarked;
