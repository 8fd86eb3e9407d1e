/** The statistics API: how many sockets are connected and, for callers who may know, whose. */
@NullMarked
package dev.realtime.service.stats;

import org.jspecify.annotations.NullMarked;
