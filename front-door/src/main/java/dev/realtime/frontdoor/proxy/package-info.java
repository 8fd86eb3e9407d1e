/** Requests on their way through the back end or another instance, and the connections they take. */
@NullMarked
package dev.realtime.frontdoor.proxy;

import org.jspecify.annotations.NullMarked;
