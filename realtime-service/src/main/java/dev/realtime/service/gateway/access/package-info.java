/** Who may join which room: one policy, made of the configuration's patterns, and nothing else. */
@NullMarked
package dev.realtime.service.gateway.access;

import org.jspecify.annotations.NullMarked;
