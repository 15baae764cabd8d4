package dev.tumbler.testkit;

import dev.tumbler.client.SecretsClient;
import dev.tumbler.client.cache.SecretCache;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.rds.RdsInstance;
import dev.tumbler.emulator.time.EmulatorClock;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Which parameters and fields get something of a testbed, and what, by their types. */
final class Injection {
    /** Besides the official clients, which may not be on the class path. */
    private static final Map<Class<?>, Function<KmsTestbed, Object>> VALUES = Map.of(
            KmsEmulator.class, KmsTestbed::emulator,
            KmsTestbed.class, testbed -> testbed,
            SecretsClient.class, KmsTestbed::client,
            SecretCache.class, KmsTestbed::cache,
            EmulatorClock.class, KmsTestbed::clock,
            RdsInstance.class, KmsTestbed::rds,
            DataSource.class, KmsTestbed::dataSource,
            URI.class, KmsTestbed::endpoint);

    private Injection() {}

    /**
     * Whether a parameter is ours: of a type that can be injected, and not claimed by an annotation of another framework.
     * JUnit fails a parameter that two extensions claim, and most others go by an annotation of theirs; to list those would
     * be to miss the next one.
     */
    static boolean supports(Parameter parameter) {
        return supports(parameter.getType())
                && !isOthers(parameter)
                && !(parameter.getDeclaringExecutable() instanceof Constructor<?> constructor && isOthers(constructor));
    }

    private static boolean supports(Class<?> type) {
        return VALUES.containsKey(type) || OfficialClients.supports(type);
    }

    private static boolean isOthers(AnnotatedElement element) {
        return !AnnotationSupport.isAnnotated(element, AccessKey.class)
                && Arrays.stream(element.getAnnotations()).anyMatch(Injection::claims);
    }

    /** What says something of null, or is the language's own, gives no value. */
    private static boolean claims(Annotation annotation) {
        Class<?> type = annotation.annotationType();
        return !type.getPackageName().equals("java.lang")
                && !type.getSimpleName().toLowerCase(Locale.ROOT).contains("null");
    }

    /** What a parameter gets. */
    static Object value(Parameter parameter, KmsTestbed testbed) {
        try {
            return value(
                    parameter.getType(),
                    parameter,
                    parameter.getDeclaringExecutable().getDeclaringClass(),
                    testbed);
        } catch (IllegalStateException e) {
            throw new ParameterResolutionException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Object value(Class<?> type, AnnotatedElement element, Class<?> declaringClass, KmsTestbed testbed) {
        if (type == SecretsClient.class) {
            Optional<AccessKey> key = AnnotationSupport.findAnnotation(element, AccessKey.class);
            if (key.isPresent()) {
                return clientOf(key.get(), declaringClass, testbed);
            }
        }
        Function<KmsTestbed, Object> value = VALUES.get(type);
        return value == null ? OfficialClients.create(type, testbed) : value.apply(testbed);
    }

    private static SecretsClient clientOf(AccessKey key, Class<?> declaringClass, KmsTestbed testbed) {
        Fixture.Key fixture = Fixtures.key(key, declaringClass);
        testbed.install(List.of(fixture));
        return testbed.client(new dev.tumbler.emulator.ram.AccessKey(fixture.id(), fixture.secret()));
    }

    /** The fields that are to be filled: static ones, or those of instances. */
    static List<Field> fields(Class<?> testClass, boolean ofClass) {
        return ReflectionSupport.findFields(
                testClass,
                field -> Modifier.isStatic(field.getModifiers()) == ofClass
                        && (AnnotationSupport.isAnnotated(field, Emulated.class)
                                || AnnotationSupport.isAnnotated(field, RdsSecret.class)
                                || AnnotationSupport.isAnnotated(field, DbInstance.class)),
                HierarchyTraversalMode.TOP_DOWN);
    }

    /** @param instance whose field it is; null for a static one */
    static void fill(Field field, @Nullable Object instance, KmsTestbed testbed) {
        Object value = value(field, testbed);
        try {
            field.setAccessible(true);
            field.set(instance, value);
        } catch (ReflectiveOperationException e) {
            throw new ExtensionConfigurationException(field + " cannot be set; it must not be final", e);
        }
    }

    private static Object value(Field field, KmsTestbed testbed) {
        try {
            RdsSecret secret = field.getAnnotation(RdsSecret.class);
            DbInstance instance = field.getAnnotation(DbInstance.class);
            if (secret != null || instance != null) {
                if (field.getType() != RdsInstance.class) {
                    throw new ExtensionConfigurationException((secret != null ? "@RdsSecret" : "@DbInstance")
                            + " is for fields of type RdsInstance, and " + field + " is of type "
                            + field.getType().getName());
                }
                return testbed.rds(secret != null ? secret.dbInstanceId() : instance.id());
            }
            if (!supports(field.getType())) {
                throw new ExtensionConfigurationException("@Emulated is for fields of types that can be injected, and "
                        + field + " is of type " + field.getType().getName());
            }
            return value(field.getType(), field, field.getDeclaringClass(), testbed);
        } catch (IllegalStateException e) {
            throw new ExtensionConfigurationException(field + " cannot be filled: " + e.getMessage(), e);
        }
    }
}
