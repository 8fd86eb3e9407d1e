/**
 * The public keys that verify tokens: where they are, which of them may be used for what, and how they change while the
 * service runs. Must not know the claims of tokens.
 */
@NullMarked
package dev.realtime.service.identity.keys;

import org.jspecify.annotations.NullMarked;
