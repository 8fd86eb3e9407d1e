/**
 * The public keys that tokens are verified with: where they are, which of them are good for what, and how they change
 * while the service runs. Knows nothing of tokens' claims.
 */
@NullMarked
package dev.realtime.service.identity.keys;

import org.jspecify.annotations.NullMarked;
