/** Request bodies that wait until they are complete: what they may hold, and how fast they must come. */
@NullMarked
package dev.realtime.frontdoor.body;

import org.jspecify.annotations.NullMarked;
