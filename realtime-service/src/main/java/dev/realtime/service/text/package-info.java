/** Text as bytes, and its digest: what several packages need to know of it. */
@NullMarked
package dev.realtime.service.text;

import org.jspecify.annotations.NullMarked;
