/** Whether the instances that share a Redis share their secrets as well; told by fingerprints, never by the secrets. */
@NullMarked
package dev.realtime.service.peersecrets;

import org.jspecify.annotations.NullMarked;
