/** Text for several packages: as bytes with a digest, and as people search for it. */
@NullMarked
package dev.realtime.service.text;

import org.jspecify.annotations.NullMarked;
