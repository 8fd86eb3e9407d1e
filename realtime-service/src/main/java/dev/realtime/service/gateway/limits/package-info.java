/**
 * How much one client may ask for: limits that no person at a desk reaches, what happens beyond each limit, and how
 * often clients exceeded it.
 */
@NullMarked
package dev.realtime.service.gateway.limits;

import org.jspecify.annotations.NullMarked;
