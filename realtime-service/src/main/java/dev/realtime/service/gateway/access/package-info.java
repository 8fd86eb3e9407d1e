/** Who may join which room: a single policy, read from the patterns in the configuration. */
@NullMarked
package dev.realtime.service.gateway.access;

import org.jspecify.annotations.NullMarked;
