/**
 * Users who may not connect for a time. The list is in Redis, every instance keeps it in memory, and every token is
 * checked against it.
 */
@NullMarked
package dev.realtime.service.blocks;

import org.jspecify.annotations.NullMarked;
