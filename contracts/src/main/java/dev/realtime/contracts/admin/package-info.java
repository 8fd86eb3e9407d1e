/** What the admin API takes and answers, under {@code /api/v1/admin}. */
@NullMarked
package dev.realtime.contracts.admin;

import org.jspecify.annotations.NullMarked;
