/**
 * Who may use the REST API, the statistics and the actuator: webhook tokens of services and tokens of people, both as
 * Spring Security authentication providers; and which origins' scripts may.
 */
@NullMarked
package dev.realtime.service.security;

import org.jspecify.annotations.NullMarked;
