package dev.tumbler.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String INTERNAL = "dev.tumbler.client.internal..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tumbler.client");

    @Test
    void import_ofTheMainClasses_findsThem() {
        assertThat(CLASSES).hasSizeGreaterThan(40);
    }

    @Test
    void publicMethods_inTheirSignatures_showNoInternals() {
        check(methods()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage(INTERNAL)
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .arePublic()
                .should(notMention("dev.tumbler.client.internal", "okhttp3", "okio", "com.google.gson", "io.github"))
                .because("users must not depend on what can change or be swapped"));
    }

    @Test
    void internals_doNotKnowTheirUsers() {
        check(noClasses()
                .that()
                .resideInAPackage(INTERNAL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.tumbler.client", "dev.tumbler.client.cache..", "dev.tumbler.client.jdbc..")
                .because("data flows from the operations down to the wire"));
    }

    @Test
    void okHttp_isKnownInOneRoom() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.tumbler.client.internal.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "okio..")
                .because("the HTTP client has had incompatible versions before"));
    }

    @Test
    void optionalLibraries_areKnownInTheirRooms() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.tumbler.client.micrometer..", "dev.tumbler.client.spring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "org.springframework..")
                .because("whoever does not have them must not miss them"));
    }

    @Test
    void emulator_isNotKnown() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tumbler.emulator..")
                .because("client and emulator check each other, and share no code"));
    }

    @Test
    void packages_haveNoCycles() {
        check(slices().matching("dev.tumbler.client.(**)")
                .should()
                .beFreeOfCycles()
                .because("each package must be understood without those above it"));
        check(slices().matching("dev.tumbler.(**)")
                .should()
                .beFreeOfCycles()
                .because("the package of the operations is one of them"));
    }

    @Test
    void standardStreams_areNotUsed() {
        check(noClasses().should(ACCESS_STANDARD_STREAMS).because("a library speaks through its logger"));
    }

    @Test
    void sleep_isNotCalled() {
        check(noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("pauses belong to a scheduler, which tests can drive"));
    }

    @Test
    void javaUtilLogging_isNotUsed() {
        check(noClasses()
                .that()
                .doNotHaveSimpleName("TumblerDriver")
                .and()
                .doNotHaveSimpleName("TumblerDataSource")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("logging goes through SLF4J; only the JDBC interfaces name the other one"));
    }

    @Test
    void wallClock_isAskedInOnePlace() {
        check(noClasses()
                .that()
                .doNotHaveSimpleName("SystemTime")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .because("tests and the testkit drive the time"));
    }

    @Test
    void statics_areFinal() {
        check(noFields()
                .that()
                .areStatic()
                .and()
                // Of the switch tables that the compiler makes.
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .notBeFinal()
                .because("state that a whole JVM shares belongs to nobody"));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static ArchCondition<JavaMethod> notMention(String... packages) {
        return new ArchCondition<>("mention none of " + List.of(packages)) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                List<JavaClass> mentioned = new ArrayList<>(method.getRawParameterTypes());
                mentioned.add(method.getRawReturnType());
                for (JavaClass type : mentioned) {
                    for (String hidden : packages) {
                        if (type.getPackageName().startsWith(hidden)) {
                            events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " mentions " + type.getName()));
                        }
                    }
                }
            }
        };
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
