/**
 * The admin API, {@code /api/v1/admin}: who is connected, what went on, and what an administrator can do about it. Who may
 * call what is the security package's; every action is noted in the audit before it is done.
 */
@NullMarked
package dev.realtime.service.admin;

import org.jspecify.annotations.NullMarked;
