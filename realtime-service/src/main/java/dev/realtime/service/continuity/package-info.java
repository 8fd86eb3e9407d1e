/**
 * What follows when this instance missed events: somebody is told, and pages load again. The binder finds it out, by
 * comparing what it has read with what the stream holds.
 */
@NullMarked
package dev.realtime.service.continuity;

import org.jspecify.annotations.NullMarked;
