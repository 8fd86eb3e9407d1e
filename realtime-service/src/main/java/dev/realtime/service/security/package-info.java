/**
 * Who may use REST, the statistics and the actuator: the webhook token of services and the tokens of people, both as
 * authentication providers of Spring Security; and which pages' scripts may.
 */
@NullMarked
package dev.realtime.service.security;

import org.jspecify.annotations.NullMarked;
