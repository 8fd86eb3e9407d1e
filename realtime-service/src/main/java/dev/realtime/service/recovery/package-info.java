/** How clients that come back go on where they were: what they missed, from memory or from the stream. */
@NullMarked
package dev.realtime.service.recovery;

import org.jspecify.annotations.NullMarked;
