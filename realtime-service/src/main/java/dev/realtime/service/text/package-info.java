/** Text as bytes: what the codecs of the API and of the gateway both need to know of it. */
@NullMarked
package dev.realtime.service.text;

import org.jspecify.annotations.NullMarked;
