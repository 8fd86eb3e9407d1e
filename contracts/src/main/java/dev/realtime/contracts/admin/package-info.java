/** The requests and answers of the admin API under {@code /api/v1/admin}. */
@NullMarked
package dev.realtime.contracts.admin;

import org.jspecify.annotations.NullMarked;
