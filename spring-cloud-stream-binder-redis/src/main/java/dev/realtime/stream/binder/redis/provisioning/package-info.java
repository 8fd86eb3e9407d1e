/**
 * From destinations to streams: names, partitions, consumer groups.
 */
@NullMarked
package dev.realtime.stream.binder.redis.provisioning;

import org.jspecify.annotations.NullMarked;
