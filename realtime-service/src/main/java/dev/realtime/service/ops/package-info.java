/** What operators of the service look at: health. */
@NullMarked
package dev.realtime.service.ops;

import org.jspecify.annotations.NullMarked;
