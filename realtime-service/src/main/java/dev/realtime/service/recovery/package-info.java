/** How far back a client that comes again may go on where it was. */
@NullMarked
package dev.realtime.service.recovery;

import org.jspecify.annotations.NullMarked;
