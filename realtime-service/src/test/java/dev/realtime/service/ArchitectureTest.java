package dev.realtime.service;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Locale;
import java.util.Set;

/** The house's walls. */
@AnalyzeClasses(packages = "dev.realtime.service", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> STREAM_COMMANDS =
            Set.of("xadd", "xread", "xreadgroup", "xautoclaim", "xrange", "opsforstream");

    @ArchTest
    static final ArchRule CONCERNS_HAVE_NO_CYCLES =
            slices().matching("dev.realtime.service.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_GATEWAYS_LAYERS_HAVE_NO_CYCLES =
            slices().matching("dev.realtime.service.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NETTY_SOCKETIO_STAYS_BEHIND_ITS_WALL = noClasses()
            .that()
            .resideOutsideOfPackage("dev.realtime.service.gateway.sockets..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.corundumstudio.socketio..");

    @ArchTest
    static final ArchRule NO_STOCK_SERVER = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("com.corundumstudio.socketio.SocketIOServer");

    @ArchTest
    static final ArchRule ONLY_THE_BINDER_TOUCHES_STREAMS = noClasses()
            .should()
            .callMethodWhere(describe(
                    "a command on a stream",
                    (JavaMethodCall call) ->
                            STREAM_COMMANDS.contains(call.getName().toLowerCase(Locale.ROOT))));

    @ArchTest
    static final ArchRule OF_THE_BINDER_ONLY_ITS_API_IS_USED =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.realtime.stream.binder.redis.*..");

    @ArchTest
    static final ArchRule THE_FAN_OUT_KNOWS_NO_TRANSPORT = noClasses()
            .that()
            .resideInAPackage("dev.realtime.service.fanout..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.realtime.service.gateway..",
                    "dev.realtime.socketio.engine..",
                    "dev.realtime.socketio.server..");

    @ArchTest
    static final ArchRule PACKETS_ARE_ENCODED_BY_THE_LIBRARY = noClasses()
            .that()
            .resideOutsideOfPackage("dev.realtime.service.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.realtime.socketio.engine.wire..", "dev.realtime.socketio.engine.websocket..");
}
