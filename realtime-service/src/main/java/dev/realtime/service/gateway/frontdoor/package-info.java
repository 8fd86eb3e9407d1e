/**
 * The service's one port: {@link dev.realtime.frontdoor.FrontDoor}, configured and placed in front of Spring MVC's
 * Tomcat. Tomcat listens on loopback only and serves nothing but the front door.
 *
 * <p>{@link dev.realtime.service.gateway.frontdoor.FrontDoorServer} opens the port when everything behind it is ready,
 * and closes it first. {@link dev.realtime.service.gateway.frontdoor.FrontDoorValve} is Tomcat's side of the front
 * door.
 */
@NullMarked
package dev.realtime.service.gateway.frontdoor;

import org.jspecify.annotations.NullMarked;
