/** Request bodies held until they are complete: how much memory they may hold and how fast they must arrive. */
@NullMarked
package dev.realtime.frontdoor.body;

import org.jspecify.annotations.NullMarked;
