/** What every concern can say about this instance's health. */
@NullMarked
package dev.realtime.service.health;

import org.jspecify.annotations.NullMarked;
