/** HTTP/1.1 as spoken here: what is decoded when, what is refused, and how the end of a response is marked. */
@NullMarked
package dev.realtime.frontdoor.http;

import org.jspecify.annotations.NullMarked;
