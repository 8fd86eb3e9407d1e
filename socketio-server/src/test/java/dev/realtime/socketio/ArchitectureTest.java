package dev.realtime.socketio;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The library's walls. */
@AnalyzeClasses(packages = "dev.realtime.socketio", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.realtime.socketio.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule USABLE_ALONE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "dev.realtime.socketio..",
                    "io.netty..",
                    "com.corundumstudio.socketio..",
                    "tools.jackson..",
                    "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NOTHING_OF_SOCKETS = noClasses()
            .that()
            .resideInAPackage("dev.realtime.socketio.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.realtime.socketio.server..", "com.corundumstudio.socketio..");

    @ArchTest
    static final ArchRule NETTY_SOCKETIO_IS_THE_SERVERS_PROGRAMMING_MODEL_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.realtime.socketio.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.corundumstudio.socketio..");
}
