/**
 * The live data of the console: the state of the service, the feed of events, and their distribution to pages every
 * second.
 */
@NullMarked
package dev.realtime.console.live;

import org.jspecify.annotations.NullMarked;
