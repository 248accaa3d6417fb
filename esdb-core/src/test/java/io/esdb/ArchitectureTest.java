package io.esdb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.esdb.engine.Engine;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Which package may use which, and what none of them may use. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                    "io.esdb",
                    "io.esdb.spi..",
                    "io.esdb.machine..",
                    "io.esdb.format..",
                    "io.esdb.engine..",
                    "io.esdb.host..");

    @Test
    void a_package_uses_only_those_below_it() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("host")
                .definedBy("io.esdb.host")
                .layer("engine")
                .definedBy("io.esdb.engine")
                .layer("format")
                .definedBy("io.esdb.format")
                .layer("machine")
                .definedBy("io.esdb.machine")
                .layer("spi")
                .definedBy("io.esdb.spi")
                .layer("api")
                .definedBy("io.esdb")
                .whereLayer("host")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("host")
                .whereLayer("format")
                .mayOnlyBeAccessedByLayers("engine", "host")
                .whereLayer("machine")
                .mayOnlyBeAccessedByLayers("format", "engine", "host")
                .whereLayer("spi")
                .mayOnlyBeAccessedByLayers("machine", "format", "engine", "host")
                .check(CORE);
    }

    @Test
    void every_class_is_in_one_of_the_six_packages() {
        classes()
                .should()
                .resideInAnyPackage(
                        "io.esdb", "io.esdb.spi", "io.esdb.machine", "io.esdb.format", "io.esdb.engine", "io.esdb.host")
                .check(CORE);
    }

    @Test
    void nothing_but_the_jdk_slf4j_and_jspecify_is_used() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.slf4j..", "org.jspecify..", "io.esdb..")
                .check(CORE);
    }

    @Test
    void only_the_engine_logs() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.esdb.engine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.slf4j..")
                .check(CORE);
    }

    @Test
    void decisions_know_no_time_no_threads_no_chance_and_no_disk() {
        noClasses()
                .that()
                .resideInAPackage("io.esdb.machine")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.time..", "java.io..", "java.nio..", "java.net..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, Thread.class, System.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CORE);
    }

    @Test
    void formats_know_no_time_no_threads_and_no_chance() {
        noClasses()
                .that()
                .resideInAPackage("io.esdb.format")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.time..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, ThreadLocalRandom.class, Thread.class)
                .check(CORE);
    }

    @Test
    void nothing_ends_the_jvm_sleeps_or_installs_handlers() {
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "setDefaultUncaughtExceptionHandler", Thread.UncaughtExceptionHandler.class)
                .check(CORE);
    }

    @Test
    void nothing_is_printed() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
    }

    @Test
    void what_is_thrown_on_purpose_is_an_esdb_exception_and_cannot_be_extended() {
        classes()
                .that()
                .resideInAPackage("io.esdb")
                .and()
                .areAssignableTo(Throwable.class)
                .should()
                .beAssignableTo(EsdbException.class)
                .check(CORE);
        classes()
                .that()
                .areAssignableTo(EsdbException.class)
                .and()
                .doNotBelongToAnyOf(EsdbException.class, InvalidInput.class, StoreProblem.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CORE);
    }

    @Test
    void names_say_what_a_class_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Factory|Bean|Abstract\\w*|Base|DTO)")
                .andShould()
                .beTopLevelClasses()
                .check(CORE);
        classes()
                .that()
                .haveSimpleNameEndingWith("Codec")
                .should()
                .resideInAPackage("io.esdb.format")
                .check(CORE);
    }

    @Test
    void classes_of_the_engine_are_hidden_unless_the_host_needs_them() {
        classes()
                .that()
                .resideInAPackage("io.esdb.engine")
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .and()
                .arePublic()
                .should()
                .onlyBeAccessed()
                .byAnyPackage("io.esdb.engine", "io.esdb.host")
                .check(CORE);
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.esdb.host")
                .and()
                .arePublic()
                .should()
                .notHaveRawReturnType(Engine.class)
                .check(CORE);
    }
}
