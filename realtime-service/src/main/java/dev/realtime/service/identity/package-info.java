/**
 * Who somebody is: tokens are verified here, once, for sockets and for REST alike, and become an {@link
 * dev.realtime.service.identity.Identity}.
 */
@NullMarked
package dev.realtime.service.identity;

import org.jspecify.annotations.NullMarked;
