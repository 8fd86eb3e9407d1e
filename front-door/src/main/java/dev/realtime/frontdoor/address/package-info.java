/** Who a client is: its address behind trusted proxies, and what counts as one client. */
@NullMarked
package dev.realtime.frontdoor.address;

import org.jspecify.annotations.NullMarked;
