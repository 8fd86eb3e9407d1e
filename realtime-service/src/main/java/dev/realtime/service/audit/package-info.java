/**
 * Who did what with the admin API: actions are recorded in a Redis stream before they are performed, and their outcomes
 * afterwards.
 */
@NullMarked
package dev.realtime.service.audit;

import org.jspecify.annotations.NullMarked;
