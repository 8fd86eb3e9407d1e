/** Text as bytes, and its digest, for several packages. */
@NullMarked
package dev.realtime.service.text;

import org.jspecify.annotations.NullMarked;
