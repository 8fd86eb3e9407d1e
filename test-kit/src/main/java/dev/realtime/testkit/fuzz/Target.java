package dev.realtime.testkit.fuzz;

import java.util.random.RandomGenerator;

/** Something that takes bytes from anybody. */
public interface Target {

    /** What became of an input. */
    interface Outcome {

        /** In few words: inputs with a new outcome are kept and varied. */
        String kind();

        /** Checks what must hold beyond the code's own work, such as that it encodes to the same again. */
        default void prove() throws Exception {}
    }

    String name();

    /** A valid input, or the beginning of one. */
    byte[] generate(RandomGenerator random);

    /** Gives an input to the code. Only what it costs in here is measured; whatever it throws is a defect. */
    Outcome take(byte[] input) throws Exception;

    /** How many bytes of memory a byte of input may cost. */
    int bytesPerByte();

    /** How many bytes of memory an input may cost besides. */
    default int bytesAtLeast() {
        return 64 * 1024;
    }

    /** An input that the code refused, and how; more than the reason is not known of it. */
    static Outcome refused(String reason) {
        if (reason.isBlank()) {
            throw new IllegalStateException("A refusal that does not say why");
        }
        return () -> "refused: " + reason;
    }
}
