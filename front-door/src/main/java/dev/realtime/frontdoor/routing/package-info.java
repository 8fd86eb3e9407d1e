/**
 * Which part answers a request (an endpoint in the client's pipeline, a direct endpoint, the back end or another
 * instance), and how its head is rewritten before. Contains the interfaces that users of the library implement.
 */
@NullMarked
package dev.realtime.frontdoor.routing;

import org.jspecify.annotations.NullMarked;
