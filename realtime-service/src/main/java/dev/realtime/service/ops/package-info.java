/** Health, for the operators of the service. */
@NullMarked
package dev.realtime.service.ops;

import org.jspecify.annotations.NullMarked;
