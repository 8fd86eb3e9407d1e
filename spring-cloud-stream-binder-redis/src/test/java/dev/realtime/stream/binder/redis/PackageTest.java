package dev.realtime.stream.binder.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.realtime.stream.binder.redis", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageTest {

    private static final String API = "dev.realtime.stream.binder.redis";

    @ArchTest
    static final ArchRule NO_CYCLES = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return SliceIdentifier.of(type.getPackageName());
                }

                @Override
                public String getDescription() {
                    return "packages";
                }
            })
            .should()
            .beFreeOfCycles();

    /** Trimming uses the server's clock: an application with a wrong clock must not empty a stream. */
    @ArchTest
    static final ArchRule PRODUCERS_KNOW_NO_TIME_OF_DAY = noClasses()
            .that()
            .resideInAPackage("..producer..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Instant.class);

    /** What applications use is in the root package; it shows them no type of the others. */
    @ArchTest
    static final ArchRule THE_API_SHOWS_NOTHING_INTERNAL = classes()
            .that()
            .resideInAPackage(API)
            .and()
            .arePublic()
            .should(new ArchCondition<>("show only types of the API") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getCodeUnits().stream()
                            .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                                    || unit.getModifiers().contains(JavaModifier.PROTECTED))
                            .flatMap(unit -> unit.getAllInvolvedRawTypes().stream()
                                    .filter(PackageTest::isInternal)
                                    .map(shown -> unit.getFullName() + " shows " + shown.getName()))
                            .forEach(shown -> events.add(SimpleConditionEvent.violated(type, shown)));
                }
            });

    @ArchTest
    static void theReadmeNamesThePackages(JavaClasses classes) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(readme).contains("`" + API + "`");
        assertThat(classes.stream().map(JavaClass::getPackageName).distinct())
                .filteredOn(name -> !name.equals(API))
                .allSatisfy(name -> assertThat(readme).contains("`" + name.substring(API.length() + 1) + "`"));
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith(API + ".");
    }
}
