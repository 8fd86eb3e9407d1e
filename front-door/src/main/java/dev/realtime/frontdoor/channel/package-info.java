/** What is done to a channel, whatever it carries: event loops, time limits, relaying, and the ways to end it. */
@NullMarked
package dev.realtime.frontdoor.channel;

import org.jspecify.annotations.NullMarked;
