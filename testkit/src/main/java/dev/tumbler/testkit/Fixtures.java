package dev.tumbler.testkit;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.model.RdsCredentials;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.PasswordGenerator;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.rotation.RotationStrategy;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** What the annotations of a test say that its emulator has. */
final class Fixtures {
    private final List<Class<?>> classes;
    private final Optional<? extends AnnotatedElement> method;

    private Fixtures(List<Class<?>> classes, Optional<? extends AnnotatedElement> method) {
        this.classes = classes;
        this.method = method;
    }

    /** Those of the class and the classes around it, and of the method if the context is one's. */
    static Fixtures of(ExtensionContext context) {
        List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
        classes.add(context.getRequiredTestClass());
        return new Fixtures(classes, context.getTestMethod());
    }

    /** The fields of a class that are to hold an instance. */
    static List<Field> rdsFields(Class<?> testClass) {
        List<Field> fields = AnnotationSupport.findAnnotatedFields(
                testClass, RdsSecret.class, field -> true, HierarchyTraversalMode.TOP_DOWN);
        for (Field field : fields) {
            if (field.getType() != RdsInstance.class) {
                throw new ExtensionConfigurationException("@RdsSecret is for fields of type RdsInstance, and " + field
                        + " is of type " + field.getType().getName());
            }
        }
        return fields;
    }

    /** The annotation of the method itself. */
    boolean anyOnMethod() {
        return method.filter(element -> !generic(element).isEmpty()
                        || !rds(element).isEmpty()
                        || AnnotationSupport.isAnnotated(element, FrozenClock.class))
                .isPresent();
    }

    void apply(KmsEmulator.Builder settings) {
        List<AnnotatedElement> elements = elements();
        for (int i = elements.size() - 1; i >= 0; i--) {
            Optional<FrozenClock> clock = AnnotationSupport.findAnnotation(elements.get(i), FrozenClock.class);
            if (clock.isPresent()) {
                settings.clockFrozenAt(instant(clock.get().value()));
                return;
            }
        }
    }

    void apply(KmsEmulator emulator, SecretsClient client) {
        for (AnnotatedElement element : elements()) {
            generic(element).forEach(secret -> create(secret, client));
            rds(element).forEach(secret -> create(secret, emulator, client));
        }
        for (Class<?> testClass : classes) {
            for (Field field : rdsFields(testClass)) {
                create(field.getAnnotation(RdsSecret.class), emulator, client);
            }
        }
    }

    private List<AnnotatedElement> elements() {
        List<AnnotatedElement> elements = new ArrayList<>(classes);
        method.ifPresent(elements::add);
        return elements;
    }

    private static List<GenericSecret> generic(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, GenericSecret.class);
    }

    private static List<RdsSecret> rds(AnnotatedElement element) {
        return AnnotationSupport.findRepeatableAnnotations(element, RdsSecret.class);
    }

    private static void create(GenericSecret secret, SecretsClient client) {
        client.createSecret(
                r -> r.secretName(secret.name()).versionId(secret.versionId()).secretData(secret.value()));
    }

    private static void create(RdsSecret secret, KmsEmulator emulator, SecretsClient client) {
        RdsInstance instance = emulator.rds()
                .find(secret.dbInstanceId())
                .orElseGet(() -> emulator.rds().add(secret.dbInstanceId(), secret.engine()));
        if (instance.engine() != secret.engine()) {
            throw new ExtensionConfigurationException("Two @RdsSecret name the instance \"" + secret.dbInstanceId()
                    + "\", but with different engines: " + instance.engine() + " and " + secret.engine());
        }
        RdsCredentials account = new RdsCredentials(secret.account(), new PasswordGenerator().generate());
        instance.createAccount(account.accountName(), account.accountPassword());
        client.createSecret(r -> {
            r.secretName(secret.name()).versionId("v1");
            if (secret.strategy() == RotationStrategy.DUAL_ACCOUNT) {
                r.rdsDualAccount(secret.dbInstanceId(), account);
            } else {
                r.rdsSingleAccount(secret.dbInstanceId(), account);
            }
            if (!secret.rotateEvery().isEmpty()) {
                r.enableAutomaticRotation(true).rotationInterval(duration(secret.rotateEvery()));
            }
        });
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ExtensionConfigurationException(
                    "@FrozenClock takes an instant like 2026-01-01T00:00:00Z, not \"" + text + "\"", e);
        }
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new ExtensionConfigurationException(
                    "rotateEvery of @RdsSecret takes a duration like P7D or PT6H, not \"" + text + "\"", e);
        }
    }
}
