/**
 * What an instance does when it missed events: it reports the loss, and pages load again. The binder detects the loss
 * by comparing what it has read with what the stream holds.
 */
@NullMarked
package dev.realtime.service.continuity;

import org.jspecify.annotations.NullMarked;
