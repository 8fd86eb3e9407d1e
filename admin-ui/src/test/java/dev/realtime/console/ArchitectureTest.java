package dev.realtime.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.jspecify.annotations.NullMarked;

/** The architecture rules of the console. */
@AnalyzeClasses(packages = "dev.realtime.console", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CONCERNS_HAVE_NO_CYCLES =
            slices().matching("dev.realtime.console.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NULL_IS_SAID_EVERYWHERE = ArchRuleDefinition.classes()
            .should(new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    boolean marked = item.getPackage()
                            .tryGetPackageInfo()
                            .map(info -> info.isAnnotatedWith(NullMarked.class))
                            .orElse(false);
                    events.add(new SimpleConditionEvent(
                            item, marked, item.getPackageName() + " has no package-info that is @NullMarked"));
                }
            });

    @ArchTest
    static final ArchRule THE_SERVICE_IS_REACHED_BY_ITS_API_ONLY =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.realtime.service..");
}
