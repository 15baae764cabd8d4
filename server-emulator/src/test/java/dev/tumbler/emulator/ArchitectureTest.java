package dev.tumbler.emulator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The layers of the emulator: data flows one way, and the domain knows neither HTTP nor JSON. */
class ArchitectureTest {
    private static final String ROOT = "dev.tumbler.emulator";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void domain_knowsNoGatewayNoHttpNoJson() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".secret..",
                        ROOT + ".key..",
                        ROOT + ".rotation..",
                        ROOT + ".rds..",
                        ROOT + ".tag..",
                        ROOT + ".time..",
                        ROOT + ".event..",
                        ROOT + ".crypto..",
                        ROOT + ".error..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".gateway..", ROOT + ".http..", "com.google.gson..", "io.netty..")
                .because("a rule of the service is tested without a server, and written once for all gateways")
                .check(CLASSES);
    }

    @Test
    void engine_isUsedByTheHttpRoomOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..")
                .because("the engine can then be changed in one place")
                .check(CLASSES);
    }

    @Test
    void http_knowsNobody() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".http..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(ROOT + ".http..").or(not(resideInAnyPackage("dev.tumbler.."))))
                .because("the engine hands over bytes and knows nothing of what they mean")
                .check(CLASSES);
    }

    @Test
    void databaseDriver_isUsedByRdsAndStoreOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".rds..", ROOT + ".store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.postgresql..",
                        "org.mariadb..",
                        "com.mysql..",
                        "com.microsoft.sqlserver..",
                        "java.sql..",
                        "javax.sql..")
                .because("drivers are optional, and only a real database needs one")
                .check(CLASSES);
    }

    @Test
    void store_isOpenedByTheFacadeOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".store..")
                .because("secrets are kept by their own room, and gateways never touch the store")
                .check(CLASSES);
    }

    @Test
    void systemClock_isAskedByTheTimeRoomOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".time..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callConstructor(Date.class)
                .because("what time it is, a test decides")
                .check(CLASSES);
    }

    @Test
    void sleep_isNowhere() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .because("waiting is for the clock")
                .check(CLASSES);
    }

    @Test
    void rooms_haveNoCycles() {
        slices().matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("data flows one way")
                .check(CLASSES);
    }

    @Test
    void client_isUnknownHere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tumbler.client..", "dev.tumbler.testkit..", "com.aliyun..", "com.aliyuncs..")
                .because("two implementations of the wire check each other; shared code would agree with its own slips")
                .check(CLASSES);
    }

    @Test
    void logging_isSlf4j() {
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }

    @Test
    void gson_isOneThatTheOfficialSdksBringToo() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("com.google.gson.Strictness")
                .orShould()
                .callMethod(JsonObject.class, "isEmpty")
                .orShould()
                .callMethod(JsonObject.class, "asMap")
                .orShould()
                .callMethod(JsonArray.class, "asList")
                .because("on a classpath with the official SDKs first, Gson is 2.8.9")
                .check(CLASSES);
    }
}
