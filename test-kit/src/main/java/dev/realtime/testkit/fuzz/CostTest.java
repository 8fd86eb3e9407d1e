package dev.realtime.testkit.fuzz;

import static dev.realtime.testkit.fuzz.CostBound.repeated;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No input of a target costs more time than its length accounts for. A test class extends it, and has a static method
 * {@code shapes} that returns what {@link #shape} makes.
 */
public abstract class CostTest {

    /** Inputs with so many repetitions between an opening and a closing as their length has room for. */
    protected static Arguments shape(Target target, String opening, String repeated, String closing) {
        return Arguments.of(target.name(), opening, repeated, closing, target);
    }

    @ParameterizedTest(name = "{0}: {1}{2}{2}…{3}")
    @MethodSource("shapes")
    void growsNoFasterThanItsInput(String name, String opening, String repeated, String closing, Target target)
            throws Exception {
        CostBound.assertBounded(target, repeated(opening, repeated, closing));
    }
}
