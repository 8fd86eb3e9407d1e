/**
 * How much one client may ask for: the bounds that no person at a desk reaches, what happens at each, and how often it
 * did.
 */
@NullMarked
package dev.realtime.service.gateway.limits;

import org.jspecify.annotations.NullMarked;
