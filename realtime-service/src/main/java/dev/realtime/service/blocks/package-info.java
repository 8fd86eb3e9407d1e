/**
 * Users who may not come in for a time: the list is in Redis, every instance has it in memory, and every token is held
 * against it.
 */
@NullMarked
package dev.realtime.service.blocks;

import org.jspecify.annotations.NullMarked;
