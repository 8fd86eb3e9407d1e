/**
 * A simulated call centre, which gives a newly started service something to show: its people are stock Socket.IO
 * clients, its calls and orders are posted to the REST API. Not part of the service.
 */
@NullMarked
package dev.realtime.demo;

import org.jspecify.annotations.NullMarked;
