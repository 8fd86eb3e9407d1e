/**
 * The admin API, {@code /api/v1/admin}: who is connected, what happened, and what an administrator can do about it. The
 * security package decides who may call what. Every action is recorded in the audit before it is performed.
 */
@NullMarked
package dev.realtime.service.admin;

import org.jspecify.annotations.NullMarked;
