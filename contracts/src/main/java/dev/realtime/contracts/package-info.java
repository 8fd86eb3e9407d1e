/**
 * The wire contract and nothing else: event names, room names, requests, answers, error codes. Whoever publishes to the
 * gateway or receives from it can depend on this package alone.
 */
@NullMarked
package dev.realtime.contracts;

import org.jspecify.annotations.NullMarked;
