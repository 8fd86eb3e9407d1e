package dev.realtime.service.identity.keys;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys of all locations at one time.
 *
 * @param keys in the order of the locations; several keys may have the same kid
 */
public record KeySet(List<VerificationKey> keys) {

    public static final KeySet EMPTY = new KeySet(List.of());

    public KeySet {
        keys = keys.stream().distinct().toList();
    }

    /** The keys with this kid. */
    public List<VerificationKey> named(String kid) {
        return keys.stream().filter(key -> key.kid().equals(kid)).toList();
    }

    /** The keys for a token that names none. */
    public List<VerificationKey> of(TokenAlgorithm algorithm) {
        return keys.stream().filter(key -> key.algorithm() == algorithm).toList();
    }

    /** The algorithms with at least one key. */
    public Set<TokenAlgorithm> algorithms() {
        return keys.stream().map(VerificationKey::algorithm).collect(Collectors.toSet());
    }
}
