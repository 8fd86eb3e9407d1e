/** Tools for channels, whatever they carry: event loops, deadlines, relaying, and the ways to end them. */
@NullMarked
package dev.realtime.frontdoor.channel;

import org.jspecify.annotations.NullMarked;
