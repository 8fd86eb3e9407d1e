/** Who did what by the admin API: noted in a Redis stream before it is done, and what came of it after. */
@NullMarked
package dev.realtime.service.audit;

import org.jspecify.annotations.NullMarked;
