package dev.realtime.stream.binder.redis.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamKeysTest {

    @ParameterizedTest
    @ValueSource(strings = {"events", "orders-3", "orders{eu}", "{eu}", "{eu}orders{us}", "a}{b}"})
    void aSideKeyBeginsWithItsStreamAndIsInTheSameSlot(String stream) {
        String side = StreamKeys.beside(StreamKeys.requireTaggable(stream), "idempotence", "k{x}");
        assertThat(side).startsWith(stream + ":").endsWith(":idempotence:k{x}");
        assertThat(SlotHash.getSlot(side)).isEqualTo(SlotHash.getSlot(stream));
    }

    @Test
    void theTagIsNotRepeated() {
        assertThat(StreamKeys.beside("events", "trim", "turn")).isEqualTo("events:{events}:trim:turn");
        assertThat(StreamKeys.beside("orders{eu}", "trim", "turn")).isEqualTo("orders{eu}:trim:turn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}orders", "orders{", "orders}", "{}{eu}"})
    void aStreamWhoseSlotNoOtherKeyCanShareIsRefused(String stream) {
        assertThatThrownBy(() -> StreamKeys.requireTaggable(stream)).hasMessageContaining("needs a hash tag");
    }
}
