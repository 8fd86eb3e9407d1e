/**
 * How the service starts: the deployment's variables, what is refused before anything runs, generated secrets for a
 * trial, the embedded Redis, and the jar's commands {@code token} and {@code redis}.
 *
 * <p>{@link dev.realtime.service.launch.LaunchInitializer} runs before the context is refreshed, so that every other
 * package finds plain properties: {@code realtime.port}, {@code realtime.identity.jwt-secret}, {@code
 * realtime.webhook.token}, {@code realtime.cors.origins} and {@code spring.data.redis.*}.
 */
@NullMarked
package dev.realtime.service.launch;

import org.jspecify.annotations.NullMarked;
