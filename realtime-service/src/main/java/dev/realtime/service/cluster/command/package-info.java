/**
 * Commands between instances and the answers to them, on the destination {@code control}, which carries nothing else.
 *
 * <pre>
 *   admin API ─► {@link dev.realtime.service.cluster.command.CommandBus} ─► {@code control} ─► the addressees'
 *                     ▲                                                 {@link dev.realtime.service.cluster.command.CommandHandler}
 *                     └──────────── one answer each ◄─ {@code control} ◄──────┘
 * </pre>
 *
 * <p>A record is JSON: {@code { protocol, mac, body }}. The body is the text of a {@link
 * dev.realtime.service.cluster.command.Letter}: id, time by Redis' clock, sender, addressees, and a command or an
 * answer. The mac is HMAC-SHA256 over the protocol version and the body, with a key derived from {@code JWT_SECRET}, so
 * that somebody who can only write to Redis can neither command nor answer. An instance accepts a letter once, while it
 * is fresh, and performs only what is addressed to it; it drops, counts and logs the rest.
 *
 * <p>In every protocol version a record has these three members with these meanings, so that only an instance can cause
 * a report of a foreign version.
 */
@NullMarked
package dev.realtime.service.cluster.command;

import org.jspecify.annotations.NullMarked;
