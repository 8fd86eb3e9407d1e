/** The statistics API: how many are connected, and for those who may know, who. */
@NullMarked
package dev.realtime.service.stats;

import org.jspecify.annotations.NullMarked;
