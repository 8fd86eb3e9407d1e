/**
 * The service's one port: {@link dev.realtime.frontdoor.FrontDoor} with what is configured, in front of Spring MVC's Tomcat,
 * which listens on loopback only and serves nobody else.
 *
 * <p>{@link dev.realtime.service.gateway.frontdoor.FrontDoorServer} opens it when everything behind it is up and closes it
 * first. Tomcat's side of it is {@link dev.realtime.service.gateway.frontdoor.FrontDoorValve}.
 */
@NullMarked
package dev.realtime.service.gateway.frontdoor;

import org.jspecify.annotations.NullMarked;
