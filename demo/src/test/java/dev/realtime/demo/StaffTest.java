package dev.realtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaffTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 40, 200})
    void createsTheRequestedOperatorsAndTheirDirectors(int operators) {
        List<Person> people = Staff.engage(operators, new SplittableRandom(1));
        assertThat(people.stream().filter(Person::isOperator)).hasSize(operators);
        assertThat(people).hasSize(operators + Math.max(1, operators / 8));
        assertThat(people).extracting(Person::id).doesNotHaveDuplicates();
        assertThat(people)
                .extracting(Person::tabs)
                .allSatisfy(tabs -> assertThat(tabs).hasSizeBetween(1, 2));
    }

    @Test
    void variesCitiesTabsAndTransports() {
        List<Person> people = Staff.engage(40, new SplittableRandom(1));
        List<Person> operators = people.stream().filter(Person::isOperator).toList();
        assertThat(operators)
                .flatExtracting(Person::cities)
                .containsAll(Names.CITIES)
                .isSubsetOf(Names.CITIES);
        assertThat(operators.stream().filter(person -> person.cities().isEmpty()))
                .hasSizeBetween(1, 5);
        assertThat(people).extracting(Person::name).doesNotHaveDuplicates();
        assertThat(people).extracting(person -> person.tabs().size()).contains(1, 2);
        assertThat(people)
                .flatExtracting(Person::tabs)
                .contains(List.of("websocket"), List.of("polling"), List.of("polling", "websocket"));
    }

    @Test
    void theSameSeedCreatesTheSamePeople() {
        assertThat(Staff.engage(40, new SplittableRandom(5))).isEqualTo(Staff.engage(40, new SplittableRandom(5)));
    }
}
