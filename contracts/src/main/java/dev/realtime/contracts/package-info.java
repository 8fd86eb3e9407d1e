/**
 * The wire contract and nothing else: event names, room names, requests, answers, error codes. Programs that publish to
 * the gateway or receive from it need only this package.
 */
@NullMarked
package dev.realtime.contracts;

import org.jspecify.annotations.NullMarked;
