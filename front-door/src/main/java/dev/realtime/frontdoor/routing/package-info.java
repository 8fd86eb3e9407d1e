/**
 * Who answers a request: an endpoint in the client's pipeline, a direct endpoint, the back end, or another instance; and what
 * is done to its head before. Here are the interfaces that users of the library implement.
 */
@NullMarked
package dev.realtime.frontdoor.routing;

import org.jspecify.annotations.NullMarked;
