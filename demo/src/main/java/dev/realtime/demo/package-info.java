/**
 * A call centre that does not exist: its people are stock Socket.IO clients, its calls and orders come by the REST API,
 * so that there is something to see in a service that was started for a look at it. Nothing of it is in production.
 */
@NullMarked
package dev.realtime.demo;

import org.jspecify.annotations.NullMarked;
